"""What happens to items: the codes, their derivation, how events are recorded."""

from envios.eventos.anular import anulacion_pedida, autorizar_remitente, pedir_anulacion, responder_anulacion
from envios.eventos.bandejas import contar_bandejas, envios_de_bandeja, estados_de, no_encajan
from envios.eventos.bloqueos import bloquear_correcciones, bloquear_para_anotar
from envios.eventos.consultas import (
    correcciones_de,
    corregidos_de,
    evento_por_id,
    eventos_de,
    eventos_por_id,
    eventos_y_corregidos,
    incidencias_abiertas,
)
from envios.eventos.corregir import Correccion, corregir, corregir_autorizado, corregir_evento
from envios.eventos.derivar import ClaseIncidencia, Espera, QuienRecibe
from envios.eventos.emsevt import CODIGOS, CODIGOS_DE_ESCANEO, Codigo, CodigoPropio, EstadoEvento, ficha
from envios.eventos.errores import (
    AnulacionPedida,
    CodigoBloqueado,
    CodigoIncorrecto,
    EventoFuturo,
    OtroOperador,
    SinDevolucion,
    TraspasoSinDar,
    YaEnManos,
)
from envios.eventos.esquemas import EventoRegistrado
from envios.eventos.estados import ComoSeResuelve
from envios.eventos.historia import Historia, historia_de, historias_de
from envios.eventos.incidencias import resolver_incidencia
from envios.eventos.motivos import (
    AccionIntento,
    Motivo,
    MotivoCorreccion,
    opciones_de_accion,
    opciones_de_motivo,
)
from envios.eventos.nuevo import EventoNuevo, Fuente, Resultado, ResultadoEvento, exigir_registrado
from envios.eventos.palabras import COMO_SE_RESUELVE, TEXTO_DE_INCIDENCIA
from envios.eventos.presentar import UN_EVENTO, contestar, en_su_zona, texto_de
from envios.eventos.promesas import Promesa, entrega_prometida, promesa_de, promesas_de
from envios.eventos.provisional import entrega_provisional, es_provisional, responder_provisional
from envios.eventos.registrar_eventos import (
    LOTE_MAXIMO,
    anotar_todos,
    registrar_autorizado,
    registrar_evento,
    registrar_eventos,
)
from envios.eventos.sucesos import Suceso

__all__ = [
    "CODIGOS",
    "CODIGOS_DE_ESCANEO",
    "COMO_SE_RESUELVE",
    "LOTE_MAXIMO",
    "TEXTO_DE_INCIDENCIA",
    "UN_EVENTO",
    "AccionIntento",
    "AnulacionPedida",
    "ClaseIncidencia",
    "Codigo",
    "CodigoBloqueado",
    "CodigoIncorrecto",
    "CodigoPropio",
    "ComoSeResuelve",
    "Correccion",
    "Espera",
    "EstadoEvento",
    "EventoFuturo",
    "EventoNuevo",
    "EventoRegistrado",
    "Fuente",
    "Historia",
    "Motivo",
    "MotivoCorreccion",
    "OtroOperador",
    "Promesa",
    "QuienRecibe",
    "Resultado",
    "ResultadoEvento",
    "SinDevolucion",
    "Suceso",
    "TraspasoSinDar",
    "YaEnManos",
    "anotar_todos",
    "anulacion_pedida",
    "autorizar_remitente",
    "bloquear_correcciones",
    "bloquear_para_anotar",
    "contar_bandejas",
    "contestar",
    "correcciones_de",
    "corregidos_de",
    "corregir",
    "corregir_autorizado",
    "corregir_evento",
    "en_su_zona",
    "entrega_prometida",
    "entrega_provisional",
    "envios_de_bandeja",
    "es_provisional",
    "estados_de",
    "evento_por_id",
    "eventos_de",
    "eventos_por_id",
    "eventos_y_corregidos",
    "exigir_registrado",
    "ficha",
    "historia_de",
    "historias_de",
    "incidencias_abiertas",
    "no_encajan",
    "opciones_de_accion",
    "opciones_de_motivo",
    "pedir_anulacion",
    "promesa_de",
    "promesas_de",
    "registrar_autorizado",
    "registrar_evento",
    "registrar_eventos",
    "resolver_incidencia",
    "responder_anulacion",
    "responder_provisional",
    "texto_de",
]
