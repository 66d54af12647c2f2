//! What keeps an item on the phone.

/// What keeps an item on the phone; stored with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// No network, or not this server.
    Offline,
    /// A page of the Wi-Fi, or another server, answered.
    NotTheUtility,
    /// The server is overloaded, in maintenance, set up wrongly, or its answer was lost.
    Server,
    /// The window is not open yet.
    WindowClosed,
    /// The meter's record changed.
    MeterChanged,
    /// The password is wanted again.
    SignIn,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 6] = [
        Self::Offline,
        Self::NotTheUtility,
        Self::Server,
        Self::WindowClosed,
        Self::MeterChanged,
        Self::SignIn,
    ];

    /// The name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::NotTheUtility => "not_the_utility",
            Self::Server => "server",
            Self::WindowClosed => "window_closed",
            Self::MeterChanged => "meter_changed",
            Self::SignIn => "sign_in",
        }
    }
}

/// What keeps an item, and for how long the server wants to be left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delay {
    /// What keeps it.
    pub reason: Reason,
    /// Seconds that the server asked for; never zero, which would be no wish.
    pub asked_seconds: Option<u64>,
}
