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
from ciudadania.buzon import leer_todo, notificar
from ciudadania.clases import AVISO_GENERAL, Clase, clase
from ciudadania.consultas_buzon import contar_sin_leer, proveer_unidades
from ciudadania.errores import PersonaNoEncontrada, SesionNoReciente
from ciudadania.modelos import NivelIdentidad
from ciudadania.personas import (
    actor_de_persona,
    buscar_persona_por_celular,
    buscar_persona_por_ci,
    nombres_de_personas,
    obtener_persona,
    personas_en_lote,
    registrar_persona,
)
from ciudadania.tokens import emitir_token_demo
from ciudadania.tokens_en_lote import personas_de_tokens
from ciudadania.valores import Persona

__all__ = [
    "AVISO_GENERAL",
    "ActorOpcional",
    "ActorRequerido",
    "Clase",
    "NivelIdentidad",
    "Persona",
    "PersonaNoEncontrada",
    "SesionNoReciente",
    "actor_de_persona",
    "actor_opcional",
    "actor_requerido",
    "buscar_persona_por_celular",
    "buscar_persona_por_ci",
    "clase",
    "cliente_requerido",
    "contar_sin_leer",
    "emitir_token_demo",
    "exigir_sesion_reciente",
    "leer_todo",
    "nombres_de_personas",
    "notificar",
    "obtener_persona",
    "personas_de_tokens",
    "personas_en_lote",
    "proveer_unidades",
    "registrar_persona",
    "resolver_actor",
]
