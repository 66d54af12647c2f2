//! Where a request comes from, as far as limits go.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::Problem;
use crate::cabinet::Shared;

const FORWARDED: &str = "x-forwarded-for";

/// The address at the other end of the connection, put to each request by the listener.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// A household, a mast, an office: an IPv4 address, or an IPv6 network of 64 bits, of which everybody has all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source(pub String);

impl From<IpAddr> for Source {
    fn from(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => format!("{:x?}", &address.segments()[..4]),
        })
    }
}

impl FromRequestParts<Arc<Shared>> for Source {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, shared: &Arc<Shared>) -> Result<Self, Problem> {
        // What stands last was written by the proxy; all before it by whoever likes.
        let last = parts.headers.get_all(FORWARDED).iter().next_back().and_then(|it| it.to_str().ok());
        let forwarded = last.and_then(|line| line.rsplit(',').next()).and_then(|it| it.trim().parse().ok());
        let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
        let believed = if shared.rules.recovery.behind_a_proxy { forwarded.or(peer) } else { peer };
        believed.map(Self::from).ok_or_else(Problem::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_household_are_one_source() {
        let source = |text: &str| text.parse::<IpAddr>().map(Source::from).ok();
        assert_eq!(source("2001:db8:1:2::1"), source("2001:db8:1:2:ffff::9"));
        assert_ne!(source("2001:db8:1:2::1"), source("2001:db8:1:3::1"));
        assert_eq!(source("::ffff:192.0.2.1"), source("192.0.2.1"));
        assert_ne!(source("192.0.2.1"), source("192.0.2.2"));
    }
}
