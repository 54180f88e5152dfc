"""What happens to items: the codes, their derivation, how events are recorded."""

from envios.eventos.anular import anulacion_pedida, autorizar_remitente, pedir_anulacion, responder_anulacion
from envios.eventos.aplicar import historia_de
from envios.eventos.consultas import correcciones_de, eventos_de, incidencias_abiertas
from envios.eventos.corregir import Correccion, corregir
from envios.eventos.derivar import ClaseIncidencia, QuienRecibe
from envios.eventos.emsevt import CODIGOS, CODIGOS_DE_ESCANEO, Codigo, EstadoEvento, ficha
from envios.eventos.errores import CodigoBloqueado, OtroOperador, SinDevolucion
from envios.eventos.esquemas import EventoRegistrado
from envios.eventos.estados import ComoSeResuelve
from envios.eventos.incidencias import resolver_incidencia
from envios.eventos.motivos import (
    AccionIntento,
    Motivo,
    MotivoCorreccion,
    opciones_de_accion,
    opciones_de_motivo,
)
from envios.eventos.palabras import COMO_SE_RESUELVE, TEXTO_DE_INCIDENCIA
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
    "COMO_SE_RESUELVE",
    "LOTE_MAXIMO",
    "TEXTO_DE_INCIDENCIA",
    "UN_EVENTO",
    "AccionIntento",
    "ClaseIncidencia",
    "Codigo",
    "CodigoBloqueado",
    "ComoSeResuelve",
    "Correccion",
    "EstadoEvento",
    "EventoNuevo",
    "EventoRegistrado",
    "Fuente",
    "Motivo",
    "MotivoCorreccion",
    "OtroOperador",
    "QuienRecibe",
    "Resultado",
    "ResultadoEvento",
    "SinDevolucion",
    "anulacion_pedida",
    "autorizar_remitente",
    "contestar",
    "correcciones_de",
    "corregir",
    "en_su_zona",
    "eventos_de",
    "exigir_registrado",
    "ficha",
    "historia_de",
    "incidencias_abiertas",
    "opciones_de_accion",
    "opciones_de_motivo",
    "pedir_anulacion",
    "registrar_autorizado",
    "registrar_evento",
    "registrar_eventos",
    "resolver_incidencia",
    "responder_anulacion",
    "texto_de",
]
