// @generated from the OpenAPI document: change that, and generate again.

use crate::runtime::{self, Client, Method, Operation, Request};
use crate::types;

/// Who owns a connector, and which entitlements make them so.
#[derive(Clone, Debug)]
pub struct ConnectorOwnersV2 {
    client: Client,
}

impl ConnectorOwnersV2 {
    pub(crate) fn new(client: &Client) -> Self {
        Self { client: client.clone() }
    }

    /// Fetch one owning entitlement of a connector
    ///
    /// Returns an entitlement whose holders own a connector in the given role.
    ///
    /// `GET /api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}`
    ///
    /// - `app_id`: The app that the connector belongs to.
    /// - `connector_id`: The connector that is owned.
    /// - `role_slug`: The role that holders of the entitlement have on the connector, such as `owner`.
    /// - `app_entitlement_ref_app_id`: The app that offers the owning entitlement; it may differ from the connector's.
    /// - `app_entitlement_ref_id`: The owning entitlement.
    ///
    /// Answers with [`GetConnectorEntitlementOwnerResponse`](crate::types::GetConnectorEntitlementOwnerResponse).
    ///
    /// # Errors
    ///
    /// - `400`: A parameter is malformed. ([`Status`](crate::types::Status))
    /// - `401`: The access token is missing, expired or not for this tenant. ([`Status`](crate::types::Status))
    /// - `403`: The caller may not see this object. ([`Status`](crate::types::Status))
    /// - `404`: One of the ids in the path names nothing. ([`Status`](crate::types::Status))
    /// - `409`: The object is being changed by someone else. ([`Status`](crate::types::Status))
    /// - `429`: The tenant has used up its share of requests for now. ([`Status`](crate::types::Status))
    /// - `default`: Any other failure. ([`Status`](crate::types::Status))
    pub fn get_entitlement_owner(
        &self,
        app_id: &str,
        connector_id: &str,
        role_slug: &str,
        app_entitlement_ref_app_id: &str,
        app_entitlement_ref_id: &str,
    ) -> GetEntitlementOwner {
        static OPERATION: Operation = Operation::new(
            "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner",
            Method::GET,
            "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}",
        );
        GetEntitlementOwner::json(
            Request::new(&self.client, &OPERATION)
                .path("app_id", &app_id)
                .path("connector_id", &connector_id)
                .path("role_slug", &role_slug)
                .path("app_entitlement_ref_app_id", &app_entitlement_ref_app_id)
                .path("app_entitlement_ref_id", &app_entitlement_ref_id),
        )
    }
}

/// The request of [`ConnectorOwnersV2::get_entitlement_owner`].
pub type GetEntitlementOwner = runtime::Call<
    types::GetConnectorEntitlementOwnerResponse,
>;
