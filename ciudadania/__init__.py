"""Digital citizenship: people, sign-in, sessions, tokens and the mailbox."""

from ciudadania.acceso import (
    ActorOpcional,
    ActorRequerido,
    actor_opcional,
    actor_requerido,
    cliente_requerido,
    exigir_sesion_reciente,
    resolver_actor,
)
from ciudadania.buzon import contar_sin_leer, notificar, proveer_unidades
from ciudadania.errores import SesionNoReciente
from ciudadania.modelos import ClienteMaquina, NivelIdentidad, Notificacion, Persona
from ciudadania.personas import (
    actor_de_persona,
    buscar_persona_por_ci,
    obtener_persona,
    personas_en_lote,
)
from ciudadania.tokens import crear_cliente, emitir_token_demo
from ciudadania.tokens_en_lote import personas_de_tokens

__all__ = [
    "ActorOpcional",
    "ActorRequerido",
    "ClienteMaquina",
    "NivelIdentidad",
    "Notificacion",
    "Persona",
    "SesionNoReciente",
    "actor_de_persona",
    "actor_opcional",
    "actor_requerido",
    "buscar_persona_por_ci",
    "cliente_requerido",
    "contar_sin_leer",
    "crear_cliente",
    "emitir_token_demo",
    "exigir_sesion_reciente",
    "notificar",
    "obtener_persona",
    "personas_de_tokens",
    "personas_en_lote",
    "proveer_unidades",
    "resolver_actor",
]
