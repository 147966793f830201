//! The kinds of effects.

use std::fmt;
use std::str::FromStr;

/// What running code does to the world beyond its result and the objects it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Effect {
    /// Reads the file system.
    ReadFile,
    /// Changes the file system.
    WriteFile,
    /// Talks to another machine.
    Network,
    /// Talks to a database.
    Database,
    /// Reads environment variables, the user, the machine.
    ReadEnvironment,
    /// Changes environment variables.
    WriteEnvironment,
    /// Starts or signals a process.
    Process,
    /// Reads the clock, or waits.
    Clock,
    /// Draws from a generator that is no argument: a global one, or one seeded by the system.
    Random,
    /// Seeds a global generator.
    Seed,
    /// Writes to standard output or error, or reads standard input.
    Stdout,
    /// Shows something in a notebook or a window.
    Display,
    /// Draws on matplotlib's current figure.
    Figure,
    /// Logs or warns.
    Logging,
    /// Changes process-wide state: options, styles, `sys.path`, the current folder.
    GlobalState,
    /// Reads process-wide state that something may change.
    ReadGlobal,
    /// Depends on hash order, scheduling or addresses.
    Nondeterministic,
    /// Runs code that is not known: `exec`, unpickling, imports by name.
    Dynamic,
    /// Ends the process.
    Exit,
    /// Nobody knows what it does.
    Unknown,
}

impl Effect {
    /// Every kind, in order.
    pub const ALL: [Self; 20] = [
        Self::ReadFile,
        Self::WriteFile,
        Self::Network,
        Self::Database,
        Self::ReadEnvironment,
        Self::WriteEnvironment,
        Self::Process,
        Self::Clock,
        Self::Random,
        Self::Seed,
        Self::Stdout,
        Self::Display,
        Self::Figure,
        Self::Logging,
        Self::GlobalState,
        Self::ReadGlobal,
        Self::Nondeterministic,
        Self::Dynamic,
        Self::Exit,
        Self::Unknown,
    ];

    /// The name used in the catalog, in tables and in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadFile => "read-file",
            Self::WriteFile => "write-file",
            Self::Network => "network",
            Self::Database => "database",
            Self::ReadEnvironment => "read-environment",
            Self::WriteEnvironment => "write-environment",
            Self::Process => "process",
            Self::Clock => "clock",
            Self::Random => "random",
            Self::Seed => "seed",
            Self::Stdout => "stdout",
            Self::Display => "display",
            Self::Figure => "figure",
            Self::Logging => "logging",
            Self::GlobalState => "global-state",
            Self::ReadGlobal => "read-global",
            Self::Nondeterministic => "nondeterministic",
            Self::Dynamic => "dynamic",
            Self::Exit => "exit",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Effect {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL
            .into_iter()
            .find(|effect| effect.name() == text)
            .ok_or_else(|| {
                let known: Vec<&str> = Self::ALL.iter().map(|it| it.name()).collect();
                format!("`{text}` is no effect; there are {}", known.join(", "))
            })
    }
}

/// A set of effects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EffectSet(u32);

impl EffectSet {
    /// No effect.
    pub const PURE: Self = Self(0);

    /// Just this effect.
    pub const fn of(effect: Effect) -> Self {
        Self(1 << effect as u8)
    }

    /// These effects.
    pub const fn from_slice(effects: &[Effect]) -> Self {
        let mut bits = 0;
        let mut index = 0;
        while index < effects.len() {
            bits |= 1 << effects[index] as u8;
            index += 1;
        }
        Self(bits)
    }

    /// Adds an effect.
    pub fn insert(&mut self, effect: Effect) {
        self.0 |= 1 << effect as u8;
    }

    /// Adds all effects of `other`.
    pub fn extend(&mut self, other: Self) {
        self.0 |= other.0;
    }

    /// The effects of either.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// The effects that are not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `effect` is in it.
    pub const fn contains(self, effect: Effect) -> bool {
        self.0 & (1 << effect as u8) != 0
    }

    /// Whether it holds nothing that `other` does not hold.
    pub const fn is_subset(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// Whether they share an effect.
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is none.
    pub const fn is_pure(self) -> bool {
        self.0 == 0
    }

    /// In order.
    pub fn iter(self) -> impl Iterator<Item = Effect> {
        Effect::ALL
            .into_iter()
            .filter(move |effect| self.contains(*effect))
    }
}

impl fmt::Display for EffectSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_pure() {
            return f.write_str("pure");
        }
        for (index, effect) in self.iter().enumerate() {
            if index > 0 {
                f.write_str(", ")?;
            }
            f.write_str(effect.name())?;
        }
        Ok(())
    }
}
