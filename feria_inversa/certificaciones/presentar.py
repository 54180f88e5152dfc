"""From rows to what the API answers."""

from sqlmodel import Session

from feria_inversa.certificaciones.consultas import en_el_libro
from feria_inversa.certificaciones.esquemas import CertificacionSalida
from feria_inversa.certificaciones.modelos import Certificacion
from pagos.presupuesto import Certificado

_DEL_LIBRO = ("disponible", "comprometido", "ejecutado")


def certificaciones(sesion: Session, filas: list[Certificacion]) -> list[CertificacionSalida]:
    libro = en_el_libro(sesion, filas)
    return [_una(fila, libro[fila.id]) for fila in filas]


def _una(fila: Certificacion, libro: Certificado) -> CertificacionSalida:
    propios = CertificacionSalida.model_fields.keys() - set(_DEL_LIBRO)
    return CertificacionSalida(
        **{campo: getattr(fila, campo) for campo in propios},
        **{campo: getattr(libro, campo) for campo in _DEL_LIBRO},
    )
