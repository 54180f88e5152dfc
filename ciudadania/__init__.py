"""Digital citizenship: people, sign-in, sessions, tokens and the mailbox."""

from ciudadania.acceso import (
    ActorOpcional,
    ActorRequerido,
    actor_requerido,
    resolver_actor,
)
from ciudadania.alcances import ALCANCES, Alcance
from ciudadania.buzon import leer_todo, notificar
from ciudadania.clases import AVISO_GENERAL, Clase, clase
from ciudadania.clientes import (
    TRASLAPE,
    TRASLAPE_MAXIMO,
    VIDA_DEL_SECRETO,
    anotar_aviso_de_vencimiento,
    cliente_por_id,
    clientes_de,
    clientes_por_vencer,
    crear_cliente,
    proveer_unidad_que_actua,
    revocar_cliente,
    rotar_secreto,
)
from ciudadania.consultas_buzon import contar_sin_leer, proveer_cadenas, proveer_unidades
from ciudadania.contexto import proveer_buzones_del_visitante
from ciudadania.errores import ClienteNoEncontrado, PersonaNoEncontrada, SesionNoReciente
from ciudadania.modelos import NivelIdentidad
from ciudadania.personas import (
    actor_de_persona,
    al_conocer,
    buscar_persona_por_celular,
    buscar_persona_por_ci,
    falta_el_complemento,
    leer_cedula,
    nombres_de_personas,
    obtener_persona,
    personas_en_lote,
    registrar_persona,
)
from ciudadania.riesgos import Riesgo, exigir_sesion_reciente
from ciudadania.secretos import huella as huella_de_secreto
from ciudadania.secretos import nuevo_secreto
from ciudadania.tokens import emitir_token_demo
from ciudadania.tokens_en_lote import personas_de_tokens
from ciudadania.valores import Cliente, Persona

__all__ = [
    "ALCANCES",
    "AVISO_GENERAL",
    "TRASLAPE",
    "TRASLAPE_MAXIMO",
    "VIDA_DEL_SECRETO",
    "ActorOpcional",
    "ActorRequerido",
    "Alcance",
    "Clase",
    "Cliente",
    "ClienteNoEncontrado",
    "NivelIdentidad",
    "Persona",
    "PersonaNoEncontrada",
    "Riesgo",
    "SesionNoReciente",
    "actor_de_persona",
    "actor_requerido",
    "al_conocer",
    "anotar_aviso_de_vencimiento",
    "buscar_persona_por_celular",
    "buscar_persona_por_ci",
    "clase",
    "cliente_por_id",
    "clientes_de",
    "clientes_por_vencer",
    "contar_sin_leer",
    "crear_cliente",
    "emitir_token_demo",
    "exigir_sesion_reciente",
    "falta_el_complemento",
    "huella_de_secreto",
    "leer_cedula",
    "leer_todo",
    "nombres_de_personas",
    "notificar",
    "nuevo_secreto",
    "obtener_persona",
    "personas_de_tokens",
    "personas_en_lote",
    "proveer_buzones_del_visitante",
    "proveer_cadenas",
    "proveer_unidad_que_actua",
    "proveer_unidades",
    "registrar_persona",
    "resolver_actor",
    "revocar_cliente",
    "rotar_secreto",
]
