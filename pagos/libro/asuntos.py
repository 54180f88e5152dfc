"""Accounts that belong to a matter: escrow of an order, a parcel, a claim. Never out more than came in.
What they hold is money, but those of budget (`pagos.presupuesto` opens them).

A room declares each class of its matters once, with how to ask which of them live; `qhatu verify asuntos`
says which accounts hold money that nobody's matter answers for. Only use cases of the rooms move it, through
`transferir`: no page nor program can name such an account.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session, col, select

from nucleo.dinero import de_centavos, formato_bs
from nucleo.textos import gettext as _
from nucleo.verificar import comprueba
from pagos.libro.errores import CuentaNoOpera
from pagos.libro.modelos import Cuenta
from pagos.libro.tipos import PRESUPUESTO, TipoTitular

POR_PREGUNTA = 1_000  # matters that a room is asked about at once
POR_CLASE = 20  # lines shown of each kind of fault

_CUENTAS = text(
    "SELECT a.id, c.cuenta, c.cerrada FROM unnest(CAST(:ids AS uuid[])) a (id), "
    "pagos_cuenta_de_asunto(:clase, a.id) c"
)
_MOVIDO = text("SELECT a.id, m.* FROM unnest(CAST(:ids AS uuid[])) a (id), pagos_de_asunto(:clase, a.id) m")

Vivos = Callable[[Session, Collection[UUID]], Collection[UUID]]

_clases: dict[str, tuple[Vivos, str]] = {}


def clase_de_asunto(clase: str, nombre: str) -> Callable[[Vivos], Vivos]:
    """Declare a class of matters: how statements name its accounts, and which of some ids live.

    A matter lives while something may still happen to its money. Its id is a UUID of its own, not shared with
    a matter of another class.
    """

    def registrar(vivos: Vivos) -> Vivos:
        assert clase not in _clases, clase
        _clases[clase] = (vivos, nombre)
        return vivos

    return registrar


def nombre_de_asunto(clase: str | None) -> str:
    """How to name the account of a matter to the other party of a payment."""
    return str(_clases[clase][1]) if clase in _clases else _("Custodia de Qhatu")


def cuenta_de_asunto(sesion: Session, clase: str, id: UUID) -> int:
    """The escrow account of a matter (ledger id), opened in the caller's transaction if need be.

    It has no limits and cannot owe. Raises `CuentaNoOpera` when it was already closed: what comes later goes
    to the people themselves, or into another matter.
    """
    return cuentas_de_asuntos(sesion, clase, [id])[id]


def cuentas_de_asuntos(sesion: Session, clase: str, ids: Collection[UUID]) -> dict[UUID, int]:
    """`cuenta_de_asunto` of each matter of a class, in one query."""
    assert clase in _clases, clase
    cuentas: dict[UUID, int] = {}
    filas = sesion.connection().execute(_CUENTAS, {"clase": clase, "ids": list(ids)})
    for id, cuenta, cerrada in filas:
        if cerrada:
            raise CuentaNoOpera(_("La custodia de este asunto ya se cerró: no recibe ni entrega dinero."))
        cuentas[id] = cuenta
    return cuentas


def cerrar_cuenta_de_asunto(sesion: Session, clase: str, id: UUID) -> None:
    """Close the account of a matter that is over, for ever; the last its transaction does with money.

    Nothing to do when it is closed or was never opened. Raises `CuentaNoOpera` while it holds money or
    payments wait: a matter does not end before its money.
    """
    assert clase in _clases, clase
    cerrada = sesion.connection().execute(
        text("SELECT pagos_cerrar_asunto(:clase, :id)"), {"clase": clase, "id": id}
    )
    if not cerrada.scalar_one():
        raise CuentaNoOpera(_("La custodia todavía tiene dinero o pagos en espera: no puede cerrarse."))


@dataclass(frozen=True, slots=True)
class MovidoDeAsunto:
    """What moved for one reason between the account of a matter and another one: in (`entra`) or out, its
    sum, and in how many transfers."""

    codigo: int
    entra: bool
    contraparte: int
    monto: Money
    veces: int


def movido_de_asuntos(sesion: Session, clase: str, ids: Collection[UUID]) -> dict[UUID, list[MovidoDeAsunto]]:
    """What the ledger says of the money of each of these matters; what has none has no lines."""
    assert clase in _clases, clase
    movido: dict[UUID, list[MovidoDeAsunto]] = {id: [] for id in ids}
    filas = sesion.connection().execute(_MOVIDO, {"clase": clase, "ids": list(movido)})
    for id, codigo, entra, contraparte, centavos, veces in filas:
        movido[id].append(MovidoDeAsunto(codigo, entra, contraparte, de_centavos(centavos), veces))
    return movido


@comprueba("asuntos")
def verificar_asuntos(sesion: Session) -> list[str]:
    """Open accounts of matters that do not live: with money, whose is it; without, nobody closed them.

    Classes: sin_duenio, sin_cerrar; at most 20 lines of each.
    """
    fallas: dict[str, list[str]] = {"sin_duenio": [], "sin_cerrar": []}
    consulta = (
        select(Cuenta)
        .where(Cuenta.titular_tipo == TipoTitular.ASUNTO, col(Cuenta.cerrada).is_(False))
        .order_by(col(Cuenta.asunto), col(Cuenta.id))
        .execution_options(yield_per=POR_PREGUNTA, populate_existing=True)
    )
    for grupo in sesion.exec(consulta).partitions(POR_PREGUNTA):
        vivos = _vivos(sesion, grupo)
        for cuenta in grupo:
            if (cuenta.asunto, cuenta.titular_id) not in vivos:
                clase, linea = _falla(cuenta)
                fallas[clase].append(linea)
    return [f"{clase}: {linea}" for clase, lineas in fallas.items() for linea in lineas[:POR_CLASE]]


def _vivos(sesion: Session, cuentas: Collection[Cuenta]) -> set[tuple[str | None, UUID]]:
    """The matters of these accounts that live, with their class; one that no room declares has none.

    An order may have two accounts, each by its class: of its money, and of the budget that it commits.
    """
    hallados: set[tuple[str | None, UUID]] = set()
    for clase, (vivos, _nombre) in _clases.items():
        if ids := [c.titular_id for c in cuentas if c.asunto == clase]:
            hallados.update((clase, id) for id in vivos(sesion, ids))
    return hallados


def _falla(cuenta: Cuenta) -> tuple[str, str]:
    saldo = cuenta.creditos_contabilizados - cuenta.debitos_contabilizados
    de_quien = f"cuenta {cuenta.id}, {cuenta.asunto} {cuenta.titular_id}"
    if saldo or cuenta.creditos_pendientes or cuenta.debitos_pendientes:
        que = f"{formato_bs(saldo)} de presupuesto" if cuenta.moneda == PRESUPUESTO else formato_bs(saldo)
        return "sin_duenio", f"{de_quien}: tiene {que} y el asunto no vive"
    return "sin_cerrar", f"{de_quien}: está vacía y abierta, y el asunto no vive"
