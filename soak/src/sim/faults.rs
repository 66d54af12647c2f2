//! What may go wrong or be done in a world, by names.

/// What may go wrong, so that a run can leave some of it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The process is killed.
    Kill,
    /// The battery is pulled.
    PowerLoss,
    /// The disk fails, once or for a while.
    IoError,
    /// The disk is full, for a while.
    DiskFull,
    /// Requests and answers get lost.
    Loss,
    /// Requests arrive twice, or days later.
    Copies,
    /// The server answers 5xx, 408 or 429.
    ServerErrors,
    /// The server is in maintenance for hours.
    Maintenance,
    /// Access tokens end, sessions are revoked, passwords forgotten.
    Sessions,
    /// A page of the Wi-Fi answers; somebody redirects.
    Captive,
    /// The wall clock is set.
    ClockJump,
    /// The phone travels.
    Zone,
    /// The phone starts anew.
    Reboot,
    /// The Keystore loses its secrets.
    Secrets,
    /// Meters' records change.
    Meters,
    /// The utility declines readings, and takes some of them after all.
    Declines,
    /// The server tells in pages of a few records.
    Pages,
    /// The resident signs out, or wipes the phone.
    Leaving,
    /// Two processes of the app have the files open.
    TwoProcesses,
    /// The phone is used while a request is on the wire.
    Meanwhile,
    /// The phone's files are an older version's.
    OldVersion,
}

/// A set of faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Faults(u32);

impl Fault {
    /// All of them.
    pub const ALL: [Self; 21] = [
        Self::Kill,
        Self::PowerLoss,
        Self::IoError,
        Self::DiskFull,
        Self::Loss,
        Self::Copies,
        Self::ServerErrors,
        Self::Maintenance,
        Self::Sessions,
        Self::Captive,
        Self::ClockJump,
        Self::Zone,
        Self::Reboot,
        Self::Secrets,
        Self::Meters,
        Self::Declines,
        Self::Pages,
        Self::Leaving,
        Self::TwoProcesses,
        Self::Meanwhile,
        Self::OldVersion,
    ];

    /// What it is called on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::PowerLoss => "power-loss",
            Self::IoError => "io-error",
            Self::DiskFull => "disk-full",
            Self::Loss => "loss",
            Self::Copies => "copies",
            Self::ServerErrors => "server-errors",
            Self::Maintenance => "maintenance",
            Self::Sessions => "sessions",
            Self::Captive => "captive",
            Self::ClockJump => "clock-jump",
            Self::Zone => "zone",
            Self::Reboot => "reboot",
            Self::Secrets => "secrets",
            Self::Meters => "meters",
            Self::Declines => "declines",
            Self::Pages => "pages",
            Self::Leaving => "leaving",
            Self::TwoProcesses => "two-processes",
            Self::Meanwhile => "meanwhile",
            Self::OldVersion => "old-version",
        }
    }
}

impl Faults {
    /// All of them.
    pub const ALL: Self = Self(u32::MAX);
    /// None.
    pub const NONE: Self = Self(0);

    /// Without one of them.
    #[must_use]
    pub const fn without(self, fault: Fault) -> Self {
        Self(self.0 & !(1 << fault as u32))
    }

    /// With one of them.
    #[must_use]
    pub const fn with(self, fault: Fault) -> Self {
        Self(self.0 | 1 << fault as u32)
    }

    /// Whether it is among them.
    #[must_use]
    pub const fn has(self, fault: Fault) -> bool {
        self.0 & (1 << fault as u32) != 0
    }
}
