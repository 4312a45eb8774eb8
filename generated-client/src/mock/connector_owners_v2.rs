// @generated from the OpenAPI document. Change the document, and generate again.

use crate::runtime::{Method, Operation, mock};
use crate::runtime::wire;
use crate::types;

/// The operations of [`ConnectorOwnersV2`](crate::resources::ConnectorOwnersV2), whose responses can be set.
#[derive(Clone, Copy, Debug)]
pub struct ConnectorOwnersV2<'a> {
    pub(super) mock: &'a mock::MockServer,
}

impl<'a> ConnectorOwnersV2<'a> {
    /// Returns the operation [`get_entitlement_owner`](crate::resources::ConnectorOwnersV2::get_entitlement_owner).
    pub fn get_entitlement_owner(
        self,
    ) -> mock::MockOperation<
        'a,
        mock::Json<types::GetConnectorEntitlementOwnerResponse>,
    > {
        self.mock.typed_operation("c1.api.app.v2.ConnectorOwners.GetEntitlementOwner")
    }
}

/// The operations of the resource.
pub(super) static RESOURCE: mock::Resource = mock::Resource {
    endpoints: &[
        mock::Endpoint::new(
                Operation::new(
                    "c1.api.app.v2.ConnectorOwners.GetEntitlementOwner",
                    Method::GET,
                    "/api/v2/apps/{app_id}/connectors/{connector_id}/owners/entitlements/{role_slug}/{app_entitlement_ref_app_id}/{app_entitlement_ref_id}",
                ),
            )
            .responds_with(200, &[mock::Content::Json("application/json")])
            .documents(
                &[
                    mock::DocumentedResponse {
                        statuses: &["200"],
                        decodes: mock::decodes_response::<
                            types::GetConnectorEntitlementOwnerResponse,
                            wire::Own,
                        >,
                    },
                    mock::DocumentedResponse {
                        statuses: &["400", "401", "403", "404", "409", "429", "default"],
                        decodes: mock::decodes_response::<types::Status, wire::Own>,
                    },
                ],
            ),
    ],
    responses: include_str!("responses/connector_owners_v2.json"),
};
