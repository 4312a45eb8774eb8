//! The operations of `ConnectorOwnersV2`, and their requests.

use crate::runtime::{self, Client, Method, Operation, Request};
use crate::types;

/// Entitlement owners of connectors.
#[derive(Clone, Debug)]
pub struct ConnectorOwnersV2 {
    pub(crate) client: Client,
}

impl ConnectorOwnersV2 {
    /// Gets an owner.
    pub fn get_owner(&self, app_id: &str, connector_id: &str) -> GetOwner {
        static OPERATION: Operation = Operation::new(
            "c1.api.app.v2.ConnectorOwners.GetOwner",
            Method::GET,
            "/api/v2/apps/{app_id}/connectors/{connector_id}/owner",
        )
        .failing_with(&[
            ("404", "Problem"),
            ("409", "OwnerResponse"),
            ("410", ""),
            ("4XX", "Problem"),
        ]);
        GetOwner {
            request: Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("connector_id", &connector_id),
        }
    }

    /// Adds an owner.
    pub fn add_owner(&self, app_id: &str, body: &types::AddOwnerRequest) -> AddOwner {
        static OPERATION: Operation = Operation::new(
            "c1.api.app.v2.ConnectorOwners.AddOwner",
            Method::POST,
            "/api/v2/apps/{app_id}/owners",
        );
        AddOwner { request: Request::new(&self.client, &OPERATION).path("app_id", &app_id).json(body) }
    }

    /// Deletes an owner.
    pub fn delete_owner(&self, app_id: &str, connector_id: &str) -> DeleteOwner {
        static OPERATION: Operation = Operation::new(
            "c1.api.app.v2.ConnectorOwners.DeleteOwner",
            Method::DELETE,
            "/api/v2/apps/{app_id}/connectors/{connector_id}/owner",
        );
        DeleteOwner {
            request: Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("connector_id", &connector_id),
        }
    }
}

/// The request of [`ConnectorOwnersV2::get_owner`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct GetOwner {
    request: Request,
}

runtime::operation!(GetOwner -> types::OwnerResponse);

impl GetOwner {
    /// The number of results to return.
    pub fn page_size(mut self, page_size: i32) -> Self {
        self.request = self.request.query("page_size", &page_size);
        self
    }

    /// Related objects to return.
    pub fn expand(mut self, expand: &[String]) -> Self {
        self.request = self.request.query("expand", &expand);
        self
    }
}

/// The request of [`ConnectorOwnersV2::add_owner`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct AddOwner {
    request: Request,
}

runtime::operation!(AddOwner -> types::OwnerResponse);

/// The request of [`ConnectorOwnersV2::delete_owner`].
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is awaited"]
pub struct DeleteOwner {
    request: Request,
}

runtime::operation!(DeleteOwner);
