//! Effects and mutations through calls and imports, over all modules of a package.
//!
//! Every function, and the body of every module, is a node: what it does itself, and what it calls. Effects then travel
//! backwards along calls, shortest way first, so that each comes with the chain that proves it. What is not known has
//! no effect here: it is no violation.

mod calls;
mod certain;
mod draws;
mod implicit;
mod mutation;
mod types;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, VecDeque};

use srcify_effects::{Catalog, Effect, EffectSet};
use srcify_syntax::{Ranged, TextRange};

use crate::project::Project;

pub(crate) use calls::argument_for;
pub(crate) use types::{Callee, Types};

/// Position of a function or module body.
pub(crate) type NodeId = usize;

/// What a node does itself.
#[derive(Debug, Clone)]
pub(crate) struct Cause {
    pub effect: Effect,
    pub range: TextRange,
    /// The library's function, e.g. `pandas.read_csv`.
    pub name: String,
    /// No branch of the function can pass it by.
    pub is_certain: bool,
}

/// A call of a function of the package.
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub callee: NodeId,
    pub range: TextRange,
    /// No branch of the function can pass it by.
    pub is_certain: bool,
}

/// By effect: through which edge it comes; `None` when the node has it itself.
type Reached = BTreeMap<Effect, Option<usize>>;

/// A function, or the body of a module.
#[derive(Debug)]
pub(crate) struct Node {
    /// Position of the module in the project.
    pub module: usize,
    /// Index of the function; `None` for the module's body.
    pub function: Option<usize>,
    /// As in messages.
    pub name: String,
    pub causes: Vec<Cause>,
    pub edges: Vec<Edge>,
    reached: Reached,
    /// What of it no branch can pass by.
    certain: Reached,
    /// Parameters whose objects it changes, with why.
    pub mutates: BTreeMap<String, Change>,
}

/// Why a parameter's object changes.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub range: TextRange,
    /// What happens there: "is assigned to", "is passed to `clean`, which changes it".
    pub what: String,
    /// The function that changes it, and its parameter.
    pub callee: Option<(NodeId, String)>,
}

/// A step of a chain.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub module: usize,
    pub range: TextRange,
    /// What is called there.
    pub calls: String,
}

/// What every function and module of a package does.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    pub nodes: Vec<Node>,
    functions: BTreeMap<(usize, Option<usize>), NodeId>,
}

impl Flow {
    /// Of a whole project.
    pub(crate) fn of(project: &Project<'_>, catalog: &Catalog) -> Self {
        let mut flow = Self::default();
        for (at, index) in project.modules.iter().enumerate() {
            flow.add(at, None, index.module.name.clone());
            for (number, function) in index.functions.iter().enumerate() {
                flow.add(at, Some(number), function.name.clone());
            }
        }
        let types = Types::new(project, catalog);
        calls::record(&mut flow, &types);
        implicit::record(&mut flow, &types);
        flow.mark(project);
        let spread = flow.spread(false).into_iter().zip(flow.spread(true));
        for (node, (reached, certain)) in flow.nodes.iter_mut().zip(spread.collect::<Vec<_>>()) {
            (node.reached, node.certain) = (reached, certain);
        }
        mutation::record(&mut flow, &types);
        flow
    }

    fn add(&mut self, module: usize, function: Option<usize>, name: String) {
        self.functions.insert((module, function), self.nodes.len());
        self.nodes.push(Node {
            module,
            function,
            name,
            causes: Vec::new(),
            edges: Vec::new(),
            reached: Reached::new(),
            certain: Reached::new(),
            mutates: BTreeMap::new(),
        });
    }

    /// The node of a function or of a module's body.
    pub(crate) fn node(&self, module: usize, function: Option<usize>) -> Option<NodeId> {
        self.functions.get(&(module, function)).copied()
    }

    /// Finds out what the branches of functions can pass by.
    fn mark(&mut self, project: &Project<'_>) {
        for node in &mut self.nodes {
            let index = &project.modules[node.module];
            let Some(function) = node.function else {
                continue;
            };
            if node.causes.is_empty() && node.edges.is_empty() {
                continue;
            }
            let parts = certain::doubtful(index, function);
            let is_certain = |range| !parts.iter().any(|it| it.contains_range(range));
            for cause in &mut node.causes {
                cause.is_certain = is_certain(cause.range);
            }
            for edge in &mut node.edges {
                edge.is_certain = is_certain(edge.range);
            }
        }
    }

    /// Every effect with the way by which it travels back to the callers: by node.
    fn spread(&self, only_certain: bool) -> Vec<Reached> {
        let passes = |is_certain: bool| is_certain || !only_certain;
        let mut all: Vec<Reached> = vec![Reached::new(); self.nodes.len()];
        let mut callers: Vec<Vec<(NodeId, usize)>> = vec![Vec::new(); self.nodes.len()];
        for (caller, node) in self.nodes.iter().enumerate() {
            for (at, edge) in node.edges.iter().enumerate() {
                if passes(edge.is_certain) {
                    callers[edge.callee].push((caller, at));
                }
            }
        }
        for effect in Effect::ALL {
            let mut queue: VecDeque<NodeId> = VecDeque::new();
            for (id, node) in self.nodes.iter().enumerate() {
                let mut causes = node.causes.iter().filter(|it| it.effect == effect);
                if causes.any(|it| passes(it.is_certain)) {
                    all[id].insert(effect, None);
                    queue.push_back(id);
                }
            }
            while let Some(callee) = queue.pop_front() {
                for &(caller, edge) in &callers[callee] {
                    if let Entry::Vacant(entry) = all[caller].entry(effect) {
                        entry.insert(Some(edge));
                        queue.push_back(caller);
                    }
                }
            }
        }
        all
    }

    /// All effects of a node, through calls.
    pub(crate) fn effects(&self, node: NodeId) -> EffectSet {
        let mut set = EffectSet::PURE;
        for effect in self.nodes[node].reached.keys() {
            set.insert(*effect);
        }
        set
    }

    /// The effects of a node that no branch can pass by.
    pub(crate) fn certain_effects(&self, node: NodeId) -> impl Iterator<Item = Effect> {
        self.nodes[node].certain.keys().copied()
    }

    /// From a node to the library call that has an effect.
    pub(crate) fn chain(&self, node: NodeId, effect: Effect) -> Vec<Step> {
        self.steps(node, effect, false)
    }

    /// The same, on a way that no branch can pass by.
    pub(crate) fn certain_chain(&self, node: NodeId, effect: Effect) -> Vec<Step> {
        self.steps(node, effect, true)
    }

    fn steps(&self, node: NodeId, effect: Effect, only_certain: bool) -> Vec<Step> {
        let mut steps = Vec::new();
        let mut current = node;
        loop {
            let node = &self.nodes[current];
            let reached = if only_certain {
                &node.certain
            } else {
                &node.reached
            };
            let Some(via) = reached.get(&effect) else {
                break;
            };
            let Some(edge) = via else {
                // Of `open(…).write(…)`, the inner call says more.
                let passes = |it: &&Cause| it.effect == effect && (it.is_certain || !only_certain);
                let causes = node.causes.iter().filter(passes);
                let cause = causes.min_by_key(|it| (it.range.start(), it.range.end()));
                steps.extend(cause.map(|cause| Step {
                    module: node.module,
                    range: cause.range,
                    calls: cause.name.clone(),
                }));
                break;
            };
            let edge = &node.edges[*edge];
            steps.push(Step {
                module: node.module,
                range: edge.range,
                calls: self.nodes[edge.callee].name.clone(),
            });
            current = edge.callee;
        }
        steps
    }

    /// From a node's parameter to the statement that changes its object.
    pub(crate) fn changes(&self, node: NodeId, parameter: &str) -> Vec<(usize, Change)> {
        let mut steps = Vec::new();
        let mut current = Some((node, parameter.to_owned()));
        while let Some((at, name)) = current.take() {
            let Some(change) = self.nodes[at].mutates.get(&name) else {
                break;
            };
            if steps.len() > 16 {
                break;
            }
            steps.push((self.nodes[at].module, change.clone()));
            current.clone_from(&change.callee);
        }
        steps
    }
}

/// `a → b → open`.
pub(crate) fn render(start: &str, steps: &[Step]) -> String {
    let names = steps
        .iter()
        .map(|step| step.calls.trim_start_matches("builtins."));
    std::iter::once(start)
        .chain(names)
        .map(|name| name.rsplit("<locals>.").next().unwrap_or(name))
        .collect::<Vec<_>>()
        .join(" → ")
}

/// The header of a function: where findings about it as a whole point.
pub(crate) fn name_range(function: &crate::index::Function<'_>) -> TextRange {
    function.node.name.range()
}

/// What an effect is, as a verb: "reads a file".
pub(crate) fn verb(effect: Effect) -> &'static str {
    match effect {
        Effect::ReadFile => "reads a file",
        Effect::WriteFile => "writes a file",
        Effect::Network => "talks to the network",
        Effect::Database => "talks to a database",
        Effect::ReadEnvironment => "reads the environment",
        Effect::WriteEnvironment => "changes environment variables",
        Effect::Process => "starts a process",
        Effect::Clock => "reads the clock",
        Effect::Random => "draws from a generator that nobody seeds",
        Effect::Seed => "seeds a global generator",
        Effect::Stdout => "prints",
        Effect::Display => "shows something",
        Effect::Figure => "draws on the current figure",
        Effect::Logging => "logs",
        Effect::GlobalState => "changes the state of the process",
        Effect::ReadGlobal => "reads the state of the process",
        Effect::Nondeterministic => "depends on hash order or addresses",
        Effect::Dynamic => "runs code that is not known",
        Effect::Exit => "ends the process",
        Effect::Unknown => "does something unknown",
    }
}
