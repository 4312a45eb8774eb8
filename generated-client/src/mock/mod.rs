// @generated from the OpenAPI document: change that, and generate again.

//! A server for tests: see [`Mock`]. What it answers by itself stands in `answers`, beside this file.
#[cfg(feature = "app-entitlements")]
pub mod app_entitlements;
#[cfg(feature = "connector-owners-v2")]
pub mod connector_owners_v2;

pub use crate::runtime::mock::{Mock, On, Received, Rejection, Where};
pub use crate::runtime::testing::Reply;

/// What the server has to know.
static RESOURCES: &[&crate::runtime::mock::Resource] = &[
    #[cfg(feature = "app-entitlements")]
    &self::app_entitlements::RESOURCE,
    #[cfg(feature = "connector-owners-v2")]
    &self::connector_owners_v2::RESOURCE,
];

impl Mock {
    /// Starts a server on loopback that answers every operation of the API.
    ///
    /// ```
    /// let mock = conductorone::mock::Mock::start()?;
    /// let builder = mock.builder(); // of a client that this server is the API of
    /// assert_eq!(mock.rejected(), []);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is no free port on loopback, or no thread to be had.
    pub fn start() -> ::std::io::Result<Self> {
        Self::serve(&crate::client::API, RESOURCES)
    }

    /// The operations, by resource and name as on a client, to set what they answer.
    pub fn on(&self) -> Operations<'_> {
        Operations { mock: self }
    }
}

/// The operations, by resource and name as on a client, to set what they answer.
#[derive(Clone, Copy, Debug)]
pub struct Operations<'a> {
    #[allow(dead_code, reason = "there may be no resource")]
    mock: &'a Mock,
}

impl<'a> Operations<'a> {
    /// The operations of [`AppEntitlements`](crate::resources::AppEntitlements).
    #[cfg(feature = "app-entitlements")]
    pub fn app_entitlements(self) -> self::app_entitlements::AppEntitlements<'a> {
        self::app_entitlements::AppEntitlements::new(self.mock)
    }

    /// The operations of [`ConnectorOwnersV2`](crate::resources::ConnectorOwnersV2).
    #[cfg(feature = "connector-owners-v2")]
    pub fn connector_owners_v2(
        self,
    ) -> self::connector_owners_v2::ConnectorOwnersV2<'a> {
        self::connector_owners_v2::ConnectorOwnersV2::new(self.mock)
    }
}
