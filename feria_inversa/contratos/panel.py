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
    contar_por_recibir,
    contar_por_renovar,
)
from nucleo.actor import Actor
from nucleo.panel import Accion, Espera, Representada, de_unidades
from nucleo.textos import gettext as _

EN_CURSO = "/ordenes-de-compra?ver=en_curso"
_Cuentas = list[tuple[dict[UUID, Espera], str, str, str]]


@de_unidades("feria_inversa.ordenes")
def ordenes(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> dict[UUID, Sequence[Accion]]:
    acciones: dict[UUID, Sequence[Accion]] = {}
    for esperan, titulo, texto, dibujo in (
        *_de_entidades(sesion, actor, unidades),
        *_de_proveedores(sesion, unidades),
    ):
        for unidad_id, espera in esperan.items():
            url = espera.url("/ordenes-de-compra/{}", EN_CURSO)
            linea = Accion(url, titulo, texto, dibujo, espera.cuantas, True, espera.hasta)
            acciones[unidad_id] = [*acciones.get(unidad_id, ()), linea]
    return acciones


def _de_entidades(sesion: Session, actor: Actor, unidades: Sequence[Representada]) -> _Cuentas:
    """Who was named to receive is told of what is theirs; whoever buys, of the rest."""
    entidades = [u for u in unidades if u.tipo == TipoUnidad.ENTIDAD_PUBLICA]
    compran = [u.id for u in entidades if Facultad.COMPRAR in u.facultades]
    atienden = [u.id for u in entidades if u.facultades & {Facultad.COMPRAR, Facultad.PAGAR}]
    cuentas: _Cuentas = []
    if compran and actor.persona_id is not None:
        texto = _("Le nombraron para recibirlo: sin objeción en su plazo, se tiene por recibido.")
        esperan = contar_por_recibir(sesion, compran, actor.persona_id)
        cuentas.append((esperan, _("Recibir lo entregado"), texto, "package-check"))
    if atienden:
        texto = _("Lo que le entregaron espera su conformidad o su pago.")
        cuentas.append((contar_por_atender(sesion, atienden), _("Recibir y pagar"), texto, "package-check"))
    if compran:
        texto = _("Haga que se renueven, o ejecútelas antes de su último día.")
        cuentas.append(
            (contar_por_renovar(sesion, compran), _("Garantías por terminar"), texto, "shield-check")
        )
    return cuentas


def _de_proveedores(sesion: Session, unidades: Sequence[Representada]) -> _Cuentas:
    ofertan = [u.id for u in unidades if Facultad.OFERTAR in u.facultades]
    if not ofertan:
        return []
    firmar = _("Una entidad propone cambiar lo que le ordenó: si no firma a tiempo, nada cambia.")
    return [
        (
            contar_por_aceptar(sesion, ofertan),
            _("Responder a sus órdenes"),
            _("Acéptelas a tiempo: si no, la adjudicación queda sin efecto."),
            "file-check",
        ),
        (contar_por_firmar(sesion, ofertan), _("Firmar modificaciones"), firmar, "pen-line"),
        (
            contar_por_entregar(sesion, ofertan),
            _("Entregar lo ordenado"),
            _("Después de su día corre la multa."),
            "truck",
        ),
    ]
