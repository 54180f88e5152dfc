"""Accounts: opened on demand, balances, freezing, closing."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlalchemy import ColumnElement, text
from sqlmodel import Session, col, select

from ciudadania import al_conocer, obtener_persona
from nucleo.dinero import de_centavos
from nucleo.ids import nuevo_id
from nucleo.textos import gettext as _
from pagos.libro import modelos
from pagos.libro.errores import CuentaInexistente, CuentaNoOpera
from pagos.libro.tipos import NADIE, TipoCuenta, TipoTitular
from pagos.libro.valores import Cuenta

_BUSCAR = text(
    "SELECT titular_id, id, nivel FROM pagos_cuenta WHERE titular_id = ANY(CAST(:titulares AS uuid[])) "
    "AND tipo = :tipo AND moneda = 'BOB' AND titular_tipo = :titular_tipo"
)
_ABRIR = text(
    "SELECT t.id, pagos_abrir(t.id, :titular_tipo, :tipo, CAST(:nivel AS smallint)) "
    "FROM unnest(CAST(:titulares AS uuid[])) t (id)"
)
_NIVELAR = text("SELECT pagos_nivelar(:id, CAST(:nivel AS smallint))")


@al_conocer
def cuenta_de_persona(sesion: Session, persona_id: UUID) -> int:
    """The wallet of a citizen (ledger id), open since they are known; its limits follow the level of the
    identity."""
    nivel = int(obtener_persona(sesion, persona_id).nivel)
    return _asegurar(sesion, TipoTitular.PERSONA, [persona_id], TipoCuenta.BILLETERA, nivel)[persona_id]


def cuenta_de_unidad(sesion: Session, unidad_id: UUID, tipo: TipoCuenta = TipoCuenta.COMERCIO) -> int:
    """An account of an economic unit or public entity (ledger id), opened if need be; its limits are those of
    the class that it declared."""
    return cuentas_de_cada_unidad(sesion, [unidad_id], tipo)[unidad_id]


def cuentas_de_cada_unidad(
    sesion: Session, unidades: Collection[UUID], tipo: TipoCuenta = TipoCuenta.COMERCIO
) -> dict[UUID, int]:
    """`cuenta_de_unidad` of each, in as many queries as of one."""
    return _asegurar(sesion, TipoTitular.UNIDAD, unidades, tipo, None)


def cuenta_de_sistema(sesion: Session, tipo: TipoCuenta) -> int:
    """An account of the platform itself (ledger id): commissions, gateway, settlement, adjustments."""
    return _asegurar(sesion, TipoTitular.SISTEMA, [NADIE], tipo, 0)[NADIE]


def _asegurar(
    sesion: Session,
    titular_tipo: TipoTitular,
    titulares: Collection[UUID],
    tipo: TipoCuenta,
    nivel: int | None,
) -> dict[UUID, int]:
    cuentas = _buscar(sesion, titular_tipo, titulares, tipo, nivel)
    if faltan := sorted(set(titulares) - cuentas.keys()):  # in one order, so that two who open wait, not lock
        datos = {"titulares": faltan, "titular_tipo": titular_tipo.value, "tipo": tipo.value}
        abiertas = sesion.connection().execute(_ABRIR, datos | {"nivel": nivel or 0})
        cuentas |= {titular: id for titular, id in abiertas if id is not None}
    if faltan := sorted(set(faltan) - cuentas.keys()):
        # Another transaction opened it while we tried; it has committed, or the insert would still wait.
        cuentas |= _buscar(sesion, titular_tipo, faltan, tipo, nivel)
    return cuentas


def _buscar(
    sesion: Session,
    titular_tipo: TipoTitular,
    titulares: Collection[UUID],
    tipo: TipoCuenta,
    nivel: int | None,
) -> dict[UUID, int]:
    """Those that are open, at the level that they must have."""
    datos = {"titulares": list(titulares), "titular_tipo": titular_tipo.value, "tipo": tipo.value}
    filas = sesion.connection().execute(_BUSCAR, datos).all()
    for _titular, id, de_antes in filas:
        if nivel is not None and de_antes != nivel:
            sesion.connection().execute(_NIVELAR, {"id": id, "nivel": nivel})
    return {titular: id for titular, id, _nivel in filas}


def obtener_cuenta(sesion: Session, cuenta_id: int) -> Cuenta:
    """The account as it is now. Raises `CuentaInexistente`."""
    if not 0 < cuenta_id < 2**63:
        raise CuentaInexistente()
    if hallada := cuentas_por(sesion, col(modelos.Cuenta.id) == cuenta_id):
        return hallada[0]
    raise CuentaInexistente()


def billetera_de(sesion: Session, persona_id: UUID) -> Cuenta:
    """The wallet of a citizen as it is now, for who only looks. Raises `CuentaInexistente`."""
    suyas = cuentas_por(
        sesion,
        (col(modelos.Cuenta.titular_id) == persona_id)
        & (col(modelos.Cuenta.titular_tipo) == TipoTitular.PERSONA.value)
        & (col(modelos.Cuenta.tipo) == TipoCuenta.BILLETERA.value)
        & (col(modelos.Cuenta.moneda) == "BOB"),
    )
    if not suyas:
        raise CuentaInexistente()
    return suyas[0]


def cuentas_de_unidades(sesion: Session, unidades: Collection[UUID]) -> list[Cuenta]:
    """Every account of these units, oldest first."""
    if not unidades:
        return []
    de_unidad = col(modelos.Cuenta.titular_tipo) == TipoTitular.UNIDAD.value
    return cuentas_por(sesion, de_unidad & col(modelos.Cuenta.titular_id).in_(list(unidades)))


def cuentas_de_titulares(sesion: Session, titulares: Collection[UUID], *, o_numero: int) -> list[Cuenta]:
    """The accounts of these owners, and that of a number: at most twenty."""
    de_ellos = col(modelos.Cuenta.titular_id).in_(list(titulares))
    return cuentas_por(sesion, de_ellos | (col(modelos.Cuenta.id) == o_numero), 20)


def cuentas_por(sesion: Session, condicion: ColumnElement[bool], limite: int = 1_000) -> list[Cuenta]:
    """The accounts as they are now: the ledger writes them behind the ORM's back, so no row is kept."""
    consulta = select(modelos.Cuenta).where(condicion).order_by(col(modelos.Cuenta.id)).limit(limite)
    filas = sesion.exec(consulta.execution_options(populate_existing=True)).all()
    for fila in filas:
        sesion.expunge(fila)
    return [Cuenta.de(fila) for fila in filas]


def titulares(sesion: Session, ids: set[int]) -> dict[int, TipoTitular]:
    """What kind of owner each of these accounts has; those that do not exist are left out."""
    filas = sesion.connection().execute(
        text("SELECT id, titular_tipo FROM pagos_cuenta WHERE id = ANY(CAST(:ids AS bigint[]))"),
        {"ids": list(ids)},
    )
    return {id: TipoTitular(titular_tipo) for id, titular_tipo in filas}


def saldo(sesion: Session, cuenta_id: int) -> Money:
    """Posted balance: credits minus debits."""
    return obtener_cuenta(sesion, cuenta_id).saldo


def saldo_disponible(sesion: Session, cuenta_id: int) -> Money:
    """What the account can spend now: its balance minus what its pending payments hold."""
    return obtener_cuenta(sesion, cuenta_id).disponible


def saldo_en(sesion: Session, cuenta_id: int, instante: datetime) -> Money:
    """The posted balance as it was at `instante`."""
    obtener_cuenta(sesion, cuenta_id)
    centavos = sesion.connection().execute(
        text("SELECT pagos_saldo_en(:cuenta, :instante)"), {"cuenta": cuenta_id, "instante": instante}
    )
    return de_centavos(centavos.scalar_one())


def congelar(
    sesion: Session, cuenta_id: int, *, congelada: bool = True, motivo: str = "Reclamo de un pago con tarjeta"
) -> bool:
    """The platform's own cause to stop new payments from the account, or its end; it can still receive.

    Says whether anything changed. The account stays frozen while another cause holds
    (`pagos.libro.congelar`).
    """
    obtener_cuenta(sesion, cuenta_id)
    consulta = (
        "SELECT pagos_congelar(CAST(:id AS uuid), :cuenta, 'plataforma', :motivo, NULL)"
        if congelada
        else "SELECT pagos_descongelar(:cuenta, 'plataforma', :motivo, NULL)"
    )
    datos = {"cuenta": cuenta_id, "motivo": motivo} | ({"id": nuevo_id()} if congelada else {})
    return bool(sesion.connection().execute(text(consulta), datos).scalar_one())


def marcar_congelada(sesion: Session, cuenta_id: int, *, congelada: bool) -> None:
    """The bare flag, for who lifts it and puts it back inside one transaction; the database refuses to commit
    an account that is not frozen while a freeze is open."""
    sesion.connection().execute(
        text("SELECT pagos_marcar_congelada(:id, :congelada)"), {"id": cuenta_id, "congelada": congelada}
    )


def cerrar(sesion: Session, cuenta_id: int) -> None:
    """Close an empty account for ever. Raises `CuentaNoOpera` while it holds money or pending payments."""
    cerrada = sesion.connection().execute(text("SELECT pagos_cerrar(:id)"), {"id": cuenta_id}).scalar_one()
    if not cerrada:
        obtener_cuenta(sesion, cuenta_id)
        raise CuentaNoOpera(
            _("Para cerrar la cuenta su saldo debe ser cero y no debe tener pagos en espera.")
        )
