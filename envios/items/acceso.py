"""Who calls the API of shipments."""

from typing import Annotated

from fastapi import Security

from ciudadania import actor_requerido
from nucleo.actor import Actor

# A machine of the operator may do what its unit's workers do, with the scope `envios`.
ActorDeEnvios = Annotated[Actor, Security(actor_requerido, scopes=["envios"])]
# What moves money asks for the scope of payments.
ActorDePagos = Annotated[Actor, Security(actor_requerido, scopes=["pagos"])]
