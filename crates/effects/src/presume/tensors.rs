//! What the parameters of functions that use torch are taken to be.

use std::collections::BTreeSet;

use super::evidence::Evidence;
use super::is_named;
use crate::Type;
use crate::analyze::Analyzer;

impl Analyzer<'_> {
    /// The layer that an attribute is by its name, for a call of it.
    pub(crate) fn presumed_layer(&self, name: &str) -> Option<Type> {
        let called = Evidence {
            is_called: true,
            ..Evidence::default()
        };
        self.is_presuming.then(|| self.torch_type(name, &called))?
    }

    /// What a layer is given that has its methods from a library: `forward` computes with tensors.
    pub(super) fn layer_input(&self, index: usize, name: &str, found: &Evidence) -> Option<Type> {
        let closure = &self.closures[index];
        let method = closure.name.rsplit('.').next().unwrap_or_default();
        let lineage = self.lineage(closure.class.as_ref()?);
        let mut bases = lineage.iter().flat_map(|(_, it)| &it.bases);
        let is_layer = method == "forward" && bases.any(|it| it.contains('.'));
        let is_other = found.is_tested || found.is_called || found.has_text_key || found.is_text;
        let is_meant = is_named(&name.to_lowercase(), TENSORS) && !is_other && !found.is_mapping;
        (is_layer && is_meant && self.uses("torch") && self.has_all("torch", TENSOR, found))
            .then(|| Type::new(TENSOR))
    }

    /// Models of keras: what only they have, or are told, sets them apart from those of scikit-learn.
    pub(super) fn keras_type(&self, name: &str, found: &Evidence) -> Option<Type> {
        let (library, class) = if self.uses("keras") {
            ("keras", "keras.Model")
        } else {
            ("tensorflow", "tensorflow.keras.Model")
        };
        let is_told = |words: &[&str], of: &BTreeSet<String>| {
            of.iter().any(|it| words.contains(&it.as_str()))
        };
        let is_keras = !self.uses("sklearn")
            || is_told(KERAS_MEMBERS, &found.members)
            || is_told(KERAS_OPTIONS, &found.options);
        let is_model = is_named(&name.to_lowercase(), MODELS) && !found.members.is_empty();
        (is_model && is_keras && self.has_all(library, class, found)).then(|| Type::new(class))
    }

    /// Models, losses, optimizers and tensors, by their names and members.
    pub(super) fn torch_type(&self, name: &str, found: &Evidence) -> Option<Type> {
        if !self.uses("torch") {
            return None;
        }
        let word = name.to_lowercase();
        let has = |class: &str| self.has_all("torch", class, found);
        let is_loss = word.contains("loss") || word.contains("criterion");
        let class = if found.is_called {
            let is_model = is_named(&word, MODELS) || !found.members.is_empty();
            match (is_loss, is_model && has("torch.nn.Module")) {
                (true, _) => Some("torch.nn.MSELoss"),
                (_, true) => Some("torch.nn.Module"),
                _ => None,
            }
        } else if is_named(&word, OPTIMIZERS) && has("torch.optim.Optimizer") {
            Some("torch.optim.Optimizer")
        } else if is_named(&word, SCHEDULERS) && has("torch.optim.lr_scheduler.LRScheduler") {
            Some("torch.optim.lr_scheduler.LRScheduler")
        } else if !found.members.is_empty() && has("torch.nn.Module") && !has("torch.Tensor") {
            Some("torch.nn.Module")
        } else if is_named(&word, TENSORS) && has("torch.Tensor") {
            let is_other = self.uses("numpy") || found.is_iterated || found.has_text_key;
            (!is_other || !found.members.is_empty()).then_some("torch.Tensor")
        } else {
            None
        };
        class.map(Type::new)
    }
}

const TENSOR: &str = "torch.Tensor";
const MODELS: &[&str] = &[
    "model",
    "net",
    "network",
    "module",
    "encoder",
    "decoder",
    "generator",
    "discriminator",
    "critic",
    "actor",
    "policy",
    "classifier",
    "backbone",
    "layer",
    "student",
    "teacher",
];
/// What models of keras have, and those of scikit-learn lack.
const KERAS_MEMBERS: &[&str] = &[
    "compile",
    "summary",
    "layers",
    "evaluate",
    "get_weights",
    "set_weights",
    "load_weights",
    "save_weights",
    "trainable_weights",
    "predict_on_batch",
    "train_on_batch",
];
const KERAS_OPTIONS: &[&str] = &[
    "epochs",
    "batch_size",
    "validation_data",
    "validation_split",
    "callbacks",
    "steps_per_epoch",
    "verbose",
];
const OPTIMIZERS: &[&str] = &["optimizer", "opt", "optim", "optimiser"];
const SCHEDULERS: &[&str] = &["scheduler", "sched"];
const TENSORS: &[&str] = &[
    "x", "y", "t", "z", "h", "tensor", "inputs", "outputs", "logits", "images", "labels", "preds",
    "targets", "loss", "mask", "a", "b", "q", "k", "v",
];
