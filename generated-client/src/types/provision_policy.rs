// @generated from the OpenAPI document: change that, and generate again.

use super::{
    ActionProvision, ConnectorProvision, DelegatedProvision, DevicePlacementProvision,
    ExternalTicketProvision, ManualProvision, MultiStep, UnconfiguredProvision,
    WebhookProvision,
};
use crate::runtime::wire;

/// How access is set up or taken away.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ProvisionPolicy {
    /// A connector does it.
    Connector(ConnectorProvision),
    /// People do it by hand.
    Manual(ManualProvision),
    /// It follows from another entitlement.
    Delegated(DelegatedProvision),
    /// A webhook is called.
    Webhook(WebhookProvision),
    /// Several policies are carried out in turn.
    MultiStep(Box<MultiStep>),
    /// A ticket in another system tracks it.
    ExternalTicket(ExternalTicketProvision),
    /// Nobody has decided yet.
    Unconfigured(UnconfiguredProvision),
    /// An action of a connector is run.
    Action(ActionProvision),
    /// A device admits the recipient.
    DevicePlacement(DevicePlacementProvision),
    /// None of these, or several at once: the members as they were received.
    Unknown(wire::Object),
}

/// Nothing is set.
impl Default for ProvisionPolicy {
    fn default() -> Self {
        Self::Unknown(wire::Object::new())
    }
}

impl ProvisionPolicy {
    /// What [`Connector`](Self::Connector) holds, if it is that.
    pub fn as_connector(&self) -> Option<&ConnectorProvision> {
        match self {
            Self::Connector(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Manual`](Self::Manual) holds, if it is that.
    pub fn as_manual(&self) -> Option<&ManualProvision> {
        match self {
            Self::Manual(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Delegated`](Self::Delegated) holds, if it is that.
    pub fn as_delegated(&self) -> Option<&DelegatedProvision> {
        match self {
            Self::Delegated(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Webhook`](Self::Webhook) holds, if it is that.
    pub fn as_webhook(&self) -> Option<&WebhookProvision> {
        match self {
            Self::Webhook(value) => Some(value),
            _ => None,
        }
    }

    /// What [`MultiStep`](Self::MultiStep) holds, if it is that.
    pub fn as_multi_step(&self) -> Option<&MultiStep> {
        match self {
            Self::MultiStep(value) => Some(value),
            _ => None,
        }
    }

    /// What [`ExternalTicket`](Self::ExternalTicket) holds, if it is that.
    pub fn as_external_ticket(&self) -> Option<&ExternalTicketProvision> {
        match self {
            Self::ExternalTicket(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Unconfigured`](Self::Unconfigured) holds, if it is that.
    pub fn as_unconfigured(&self) -> Option<&UnconfiguredProvision> {
        match self {
            Self::Unconfigured(value) => Some(value),
            _ => None,
        }
    }

    /// What [`Action`](Self::Action) holds, if it is that.
    pub fn as_action(&self) -> Option<&ActionProvision> {
        match self {
            Self::Action(value) => Some(value),
            _ => None,
        }
    }

    /// What [`DevicePlacement`](Self::DevicePlacement) holds, if it is that.
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

impl wire::OneOf for ProvisionPolicy {
    const MEMBERS: &'static [&'static str] = &[
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
        member: usize,
        input: wire::Input<'de, D>,
    ) -> Result<Option<Self>, D::Error> {
        match member {
            0 => input.member(Self::Connector),
            1 => input.member(Self::Manual),
            2 => input.member(Self::Delegated),
            3 => input.member(Self::Webhook),
            4 => input.member(Self::MultiStep),
            5 => input.member(Self::ExternalTicket),
            6 => input.member(Self::Unconfigured),
            7 => input.member(Self::Action),
            _ => input.member(Self::DevicePlacement),
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

wire::serde_one_of!(ProvisionPolicy, "c1.api.policy.v1.ProvisionPolicy");
