"""What happens to items: the codes, their derivation, how events are recorded."""

from envios.eventos.anular import anular_envio, autorizar_remitente
from envios.eventos.consultas import eventos_de
from envios.eventos.derivar import QuienRecibe, derivar_estado
from envios.eventos.emsevt import CODIGOS, CODIGOS_DE_ESCANEO, Codigo, EstadoEvento, ficha
from envios.eventos.errores import CodigoBloqueado, OtroOperador
from envios.eventos.esquemas import EventoRegistrado
from envios.eventos.motivos import AccionIntento, Motivo, opciones_de_accion, opciones_de_motivo
from envios.eventos.presentar import UN_EVENTO, contestar, en_su_zona, texto_de
from envios.eventos.registrar_eventos import (
    LOTE_MAXIMO,
    EventoNuevo,
    Fuente,
    Resultado,
    ResultadoEvento,
    exigir_registrado,
    registrar_autorizado,
    registrar_evento,
    registrar_eventos,
)

__all__ = [
    "CODIGOS",
    "CODIGOS_DE_ESCANEO",
    "LOTE_MAXIMO",
    "UN_EVENTO",
    "AccionIntento",
    "Codigo",
    "CodigoBloqueado",
    "EstadoEvento",
    "EventoNuevo",
    "EventoRegistrado",
    "Fuente",
    "Motivo",
    "OtroOperador",
    "QuienRecibe",
    "Resultado",
    "ResultadoEvento",
    "anular_envio",
    "autorizar_remitente",
    "contestar",
    "derivar_estado",
    "en_su_zona",
    "eventos_de",
    "exigir_registrado",
    "ficha",
    "opciones_de_accion",
    "opciones_de_motivo",
    "registrar_autorizado",
    "registrar_evento",
    "registrar_eventos",
    "texto_de",
]
