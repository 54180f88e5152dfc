"""Accounts of budget: opened on demand, closed with their matter."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.libro import CuentaInexistente, CuentaNoOpera, TipoCuenta, clase_de_asunto
from pagos.presupuesto.modelos import CuentaDeCertificado, CuentaDeCompromiso

CLASE_CERTIFICADO = "certificacion"
CLASE_COMPROMISO = "pedido_comprometido"
"""Class of the matters that hold a commitment: the room of orders declares it with `clase_de_asunto`."""

_DE_COMPROMISOS = text(
    "SELECT a.id, c.cuenta, c.presupuesto, c.cerrada "
    "FROM unnest(CAST(:asuntos AS uuid[]), CAST(:certificados AS uuid[])) a (id, certificado), "
    "pagos_cuenta_de_compromiso(a.id, a.certificado, :unidad) c"
)


@clase_de_asunto(CLASE_CERTIFICADO, _l("Certificación presupuestaria"))
def certificados_que_hay(sesion: Session, ids: Collection[UUID]) -> Collection[UUID]:
    """A certificate lives from when its account was opened: what it has left is its entity's."""
    return sesion.exec(select(CuentaDeCertificado.id).where(col(CuentaDeCertificado.id).in_(ids))).all()


def cuenta_de_la_plataforma(sesion: Session, tipo: TipoCuenta) -> int:
    """Where certificates come from (`TECHO`), or what was spent (`EJECUTADO`)."""
    assert tipo in (TipoCuenta.TECHO, TipoCuenta.EJECUTADO)
    abierta = sesion.connection().execute(
        text("SELECT pagos_cuenta_de_presupuesto(:tipo)"), {"tipo": tipo.value}
    )
    return int(abierta.scalar_one())


def cuenta_de_certificado(sesion: Session, certificado_id: UUID, unidad_id: UUID) -> int:
    """The account of a certificate of this entity, opened if need be. Raises `CuentaInexistente` for
    another's."""
    abierta = sesion.connection().execute(
        text("SELECT pagos_cuenta_de_certificado(:id, :unidad)"), {"id": certificado_id, "unidad": unidad_id}
    )
    cuenta = abierta.scalar_one()
    if cuenta is None:
        raise CuentaInexistente(_("Esa certificación presupuestaria no es de su entidad."))
    return int(cuenta)


def cuentas_para_comprometer(
    sesion: Session, unidad_id: UUID, de_cual: Mapping[UUID, UUID]
) -> dict[UUID, tuple[int, int]]:
    """Of each matter, by the certificate that it commits of: the accounts of that certificate and its own,
    opened if need be, all in one order.

    Raises `CuentaInexistente` when the entity has no such certificate, or the matter commits of another;
    `CuentaNoOpera` when the matter is over.
    """
    asuntos = sorted(de_cual)
    datos = {"asuntos": asuntos, "certificados": [de_cual[a] for a in asuntos], "unidad": unidad_id}
    cuentas: dict[UUID, tuple[int, int]] = {}
    for asunto_id, cuenta, presupuesto, cerrada in sesion.connection().execute(_DE_COMPROMISOS, datos):
        if cuenta is None:
            raise CuentaInexistente(
                _("Su entidad no tiene esa certificación presupuestaria, o el pedido es de otra.")
            )
        if cerrada:
            raise CuentaNoOpera(_("El compromiso de este pedido ya se cerró."))
        cuentas[asunto_id] = (presupuesto, cuenta)
    return cuentas


def cuentas_de_compromiso(sesion: Session, asunto_id: UUID) -> tuple[int, int]:
    """The accounts of the certificate and of the matter that committed of it. Raises `CuentaInexistente`."""
    consulta = (
        select(CuentaDeCertificado.cuenta, CuentaDeCompromiso.cuenta)
        .join(CuentaDeCompromiso, col(CuentaDeCompromiso.certificado_id) == col(CuentaDeCertificado.id))
        .where(CuentaDeCompromiso.asunto_id == asunto_id)
    )
    cuentas = sesion.exec(consulta).one_or_none()
    if cuentas is None:
        raise CuentaInexistente(_("Este pedido no compromete presupuesto."))
    return cuentas


def cerrar_compromiso(sesion: Session, asunto_id: UUID) -> None:
    """Close the account of a matter that is over, for ever; the last its transaction does with budget.

    Nothing to do when it is closed or was never opened. Raises `CuentaNoOpera` while something is committed.
    """
    datos = {"clase": CLASE_COMPROMISO, "id": asunto_id}
    cerrada = sesion.connection().execute(text("SELECT pagos_cerrar_asunto(:clase, :id)"), datos)
    if not cerrada.scalar_one():
        raise CuentaNoOpera(_("El pedido todavía tiene presupuesto comprometido: no puede cerrarse."))
