// @generated from the OpenAPI document. Change the document, and generate again.

use super::{
    ActionProvision, ConnectorProvision, DelegatedProvision, DevicePlacementProvision,
    ExternalTicketProvision, ManualProvision, MultiStep, UnconfiguredProvision,
    WebhookProvision,
};
use crate::runtime::wire;

/// The way in which access is provisioned or removed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProvisionPolicy {
    /// A connector provisions access.
    Connector(ConnectorProvision),
    /// People provision access.
    Manual(ManualProvision),
    /// Another entitlement provides access.
    Delegated(DelegatedProvision),
    /// A webhook provisions access.
    Webhook(WebhookProvision),
    /// Several policies run in order.
    MultiStep(Box<MultiStep>),
    /// A ticket in another system tracks the work.
    ExternalTicket(ExternalTicketProvision),
    /// No policy has been chosen.
    Unconfigured(UnconfiguredProvision),
    /// An action of a connector runs.
    Action(ActionProvision),
    /// A member's device admits the recipient's device.
    DevicePlacement(DevicePlacementProvision),
    /// A value that matches no variant, or several: the properties as received.
    Unknown(wire::Object),
}

/// Returns `Unknown` without properties.
impl Default for ProvisionPolicy {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ProvisionPolicy {
    /// Returns the [`Connector`](Self::Connector) value, if this is one.
    pub fn as_connector(&self) -> Option<&ConnectorProvision> {
        match self {
            Self::Connector(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Manual`](Self::Manual) value, if this is one.
    pub fn as_manual(&self) -> Option<&ManualProvision> {
        match self {
            Self::Manual(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Delegated`](Self::Delegated) value, if this is one.
    pub fn as_delegated(&self) -> Option<&DelegatedProvision> {
        match self {
            Self::Delegated(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Webhook`](Self::Webhook) value, if this is one.
    pub fn as_webhook(&self) -> Option<&WebhookProvision> {
        match self {
            Self::Webhook(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`MultiStep`](Self::MultiStep) value, if this is one.
    pub fn as_multi_step(&self) -> Option<&MultiStep> {
        match self {
            Self::MultiStep(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`ExternalTicket`](Self::ExternalTicket) value, if this is one.
    pub fn as_external_ticket(&self) -> Option<&ExternalTicketProvision> {
        match self {
            Self::ExternalTicket(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Unconfigured`](Self::Unconfigured) value, if this is one.
    pub fn as_unconfigured(&self) -> Option<&UnconfiguredProvision> {
        match self {
            Self::Unconfigured(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`Action`](Self::Action) value, if this is one.
    pub fn as_action(&self) -> Option<&ActionProvision> {
        match self {
            Self::Action(value) => Some(value),
            _ => None,
        }
    }

    /// Returns the [`DevicePlacement`](Self::DevicePlacement) value, if this is one.
    pub fn as_device_placement(&self) -> Option<&DevicePlacementProvision> {
        match self {
            Self::DevicePlacement(value) => Some(value),
            _ => None,
        }
    }
}

impl From<ConnectorProvision> for ProvisionPolicy {
    fn from(value: ConnectorProvision) -> Self {
        Self::Connector(value)
    }
}

impl From<ManualProvision> for ProvisionPolicy {
    fn from(value: ManualProvision) -> Self {
        Self::Manual(value)
    }
}

impl From<DelegatedProvision> for ProvisionPolicy {
    fn from(value: DelegatedProvision) -> Self {
        Self::Delegated(value)
    }
}

impl From<WebhookProvision> for ProvisionPolicy {
    fn from(value: WebhookProvision) -> Self {
        Self::Webhook(value)
    }
}

impl From<MultiStep> for ProvisionPolicy {
    fn from(value: MultiStep) -> Self {
        Self::MultiStep(Box::new(value))
    }
}

impl From<ExternalTicketProvision> for ProvisionPolicy {
    fn from(value: ExternalTicketProvision) -> Self {
        Self::ExternalTicket(value)
    }
}

impl From<UnconfiguredProvision> for ProvisionPolicy {
    fn from(value: UnconfiguredProvision) -> Self {
        Self::Unconfigured(value)
    }
}

impl From<ActionProvision> for ProvisionPolicy {
    fn from(value: ActionProvision) -> Self {
        Self::Action(value)
    }
}

impl From<DevicePlacementProvision> for ProvisionPolicy {
    fn from(value: DevicePlacementProvision) -> Self {
        Self::DevicePlacement(value)
    }
}

impl wire::KeyedUnion for ProvisionPolicy {
    const KEYS: &'static [&'static str] = &[
        "connector",
        "manual",
        "delegated",
        "webhook",
        "multiStep",
        "externalTicket",
        "unconfigured",
        "action",
        "devicePlacement",
    ];

    fn read<'de, D: wire::Deserializer<'de>>(
        key: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match key {
            0 => input.key(Self::Connector),
            1 => input.key(Self::Manual),
            2 => input.key(Self::Delegated),
            3 => input.key(Self::Webhook),
            4 => input.key(Self::MultiStep),
            5 => input.key(Self::ExternalTicket),
            6 => input.key(Self::Unconfigured),
            7 => input.key(Self::Action),
            _ => input.key(Self::DevicePlacement),
        }
    }

    fn write<M: wire::SerializeMap>(&self, output: &mut wire::Output<M>) {
        match self {
            Self::Connector(value) => output.put("connector", value),
            Self::Manual(value) => output.put("manual", value),
            Self::Delegated(value) => output.put("delegated", value),
            Self::Webhook(value) => output.put("webhook", value),
            Self::MultiStep(value) => output.put("multiStep", value),
            Self::ExternalTicket(value) => output.put("externalTicket", value),
            Self::Unconfigured(value) => output.put("unconfigured", value),
            Self::Action(value) => output.put("action", value),
            Self::DevicePlacement(value) => output.put("devicePlacement", value),
            Self::Unknown(object) => output.all(object),
        }
    }

    fn unknown(object: wire::Object) -> Self {
        Self::Unknown(object)
    }

    fn unknown_mut(&mut self) -> Option<&mut wire::Object> {
        match self {
            Self::Unknown(object) => Some(object),
            _ => None,
        }
    }
}

wire::serde_keyed_union!(ProvisionPolicy, "c1.api.policy.v1.ProvisionPolicy");
