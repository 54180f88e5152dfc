"""The orders that wait for a supplier or for an entity, in its panel."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, TipoUnidad
from feria_inversa.contratos.consultas import (
    contar_por_aceptar,
    contar_por_atender,
    contar_por_entregar,
    contar_por_firmar,
)
from nucleo.actor import Actor
from nucleo.panel import Accion, Espera, Representada, de_unidades
from nucleo.textos import gettext as _

EN_CURSO = "/ordenes-de-compra?ver=en_curso"


@de_unidades("feria_inversa.ordenes")
def ordenes(sesion: Session, _actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    compran = [
        u.id
        for u in unidades
        if u.tipo == TipoUnidad.ENTIDAD_PUBLICA and u.facultades & {Facultad.COMPRAR, Facultad.PAGAR}
    ]
    cuentas: list[tuple[dict[UUID, Espera], str, str, str]] = []
    if compran:
        texto = _("Lo que le entregaron espera su conformidad o su pago.")
        cuentas.append((contar_por_atender(sesion, compran), _("Recibir y pagar"), texto, "package-check"))
    if ofertan:
        texto = _("Acéptelas a tiempo: si no, la adjudicación queda sin efecto.")
        cuentas.append(
            (contar_por_aceptar(sesion, ofertan), _("Responder a sus órdenes"), texto, "file-check")
        )
        texto = _("Una entidad propone cambiar lo que le ordenó: si no firma a tiempo, nada cambia.")
        cuentas.append((contar_por_firmar(sesion, ofertan), _("Firmar modificaciones"), texto, "pen-line"))
        texto = _("Después de su día corre la multa.")
        cuentas.append((contar_por_entregar(sesion, ofertan), _("Entregar lo ordenado"), texto, "truck"))
    acciones: dict[UUID, Sequence[Accion]] = {}
    for esperan, titulo, texto, dibujo in cuentas:
        for unidad_id, espera in esperan.items():
            linea = Accion(EN_CURSO, titulo, texto, dibujo, espera.cuantas, True, espera.hasta)
            acciones[unidad_id] = [*acciones.get(unidad_id, ()), linea]
    return acciones
