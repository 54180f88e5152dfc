"""Budget certificates of the entities: what they may commit, of which line of their budget, until when."""

from feria_inversa.certificaciones import actos  # noqa: F401 - what is declared
from feria_inversa.certificaciones.bloqueos import bloquear_certificacion
from feria_inversa.certificaciones.cierre import CIERRE_CONFIRMADO, NORMA_DE_CIERRE, por_cerrar
from feria_inversa.certificaciones.consultas import certificacion_visible, en_el_libro, vigentes_de
from feria_inversa.certificaciones.errores import CertificacionNoPermite
from feria_inversa.certificaciones.esquemas import CertificacionEntrada
from feria_inversa.certificaciones.estados import EstadoCertificacion
from feria_inversa.certificaciones.quien import exigir_que_la_vea, la_ve, quienes
from feria_inversa.certificaciones.registrar import devolver_lo_que_quede, registrar

__all__ = [
    "CIERRE_CONFIRMADO",
    "NORMA_DE_CIERRE",
    "CertificacionEntrada",
    "CertificacionNoPermite",
    "EstadoCertificacion",
    "bloquear_certificacion",
    "certificacion_visible",
    "devolver_lo_que_quede",
    "en_el_libro",
    "exigir_que_la_vea",
    "la_ve",
    "por_cerrar",
    "quienes",
    "registrar",
    "vigentes_de",
]
