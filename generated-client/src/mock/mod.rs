// @generated from the OpenAPI document. Change the document, and generate again.

//! A mock server for tests: see [`MockServer`]. Its default responses are in the folder `responses`.
#[cfg(feature = "app-entitlements")]
pub mod app_entitlements;
#[cfg(feature = "connector-owners-v2")]
pub mod connector_owners_v2;

pub use crate::runtime::mock::{
    Location, MockOperation, MockServer, ReceivedRequest, Rejection,
};

pub use crate::runtime::testing::MockResponse;

/// The operations of every resource.
static RESOURCES: &[&crate::runtime::mock::Resource] = &[
    #[cfg(feature = "app-entitlements")]
    &self::app_entitlements::RESOURCE,
    #[cfg(feature = "connector-owners-v2")]
    &self::connector_owners_v2::RESOURCE,
];

impl MockServer {
    /// Starts a mock server on a free port of the loopback interface, which responds to every operation.
    ///
    /// ```
    /// let mock = conductorone::mock::MockServer::start()?;
    /// let builder = mock.builder(); // builds a client that calls this server
    /// assert_eq!(mock.rejections(), []);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if no port is free, or if the thread of the server cannot be started.
    pub fn start() -> ::std::io::Result<Self> {
        Self::serve(&crate::client::API, RESOURCES)
    }

    /// Returns the operations, by resource and name as on a client, to set their responses.
    pub fn on(&self) -> Operations<'_> {
        Operations { mock: self }
    }
}

/// The operations of the API, by resource and name as on a client.
#[derive(Clone, Copy, Debug)]
pub struct Operations<'a> {
    #[allow(dead_code, reason = "an API without resources has no accessors")]
    mock: &'a MockServer,
}

impl<'a> Operations<'a> {
    /// Returns the operations of [`AppEntitlements`](crate::resources::AppEntitlements).
    #[cfg(feature = "app-entitlements")]
    pub fn app_entitlements(self) -> self::app_entitlements::AppEntitlements<'a> {
        self::app_entitlements::AppEntitlements {
            mock: self.mock,
        }
    }

    /// Returns the operations of [`ConnectorOwnersV2`](crate::resources::ConnectorOwnersV2).
    #[cfg(feature = "connector-owners-v2")]
    pub fn connector_owners_v2(
        self,
    ) -> self::connector_owners_v2::ConnectorOwnersV2<'a> {
        self::connector_owners_v2::ConnectorOwnersV2 {
            mock: self.mock,
        }
    }
}
