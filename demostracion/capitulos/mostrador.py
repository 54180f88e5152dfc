"""What was bought at counters and stalls over the year, by the QR of who sells; and a few refunds."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random
from uuid import UUID

from moneyed import Money
from sqlmodel import Session

from demostracion.capitulos.registro import inicios, unidades_demo
from demostracion.elenco import actor, billetera, id_de_unidad, si_se_puede
from demostracion.estaciones import hora, veces, ventas
from demostracion.relato import Epoca, Paso, a_las, capitulo
from nucleo.dinero import bs
from nucleo.errores import NoEncontrado
from nucleo.ids import id_demo
from nucleo.reloj import fecha_bolivia
from pagos.cobros import pagar_a_unidad
from pagos.devoluciones import devolver, saldo_por_devolver

AL_DIA = 1.6  # purchases of an ordinary day
INSCRIPCION_MAXIMA = timedelta(days=13)
DEVUELVEN_CADA = 45  # purchases
# who sells: the cheapest and the dearest purchase, in bolivianos
PUESTOS = {
    "tejidos": (35, 240),
    "cafe": (12, 65),
    "madera": (25, 180),
    "quinua": (10, 70),
    "ferreteria": (8, 150),
    "papeleria": (2, 60),
    "sombreros": (40, 160),
    "chocolate": (8, 45),
    "miel": (15, 60),
    "tarabuco": (30, 210),
    "mascaras": (25, 190),
    "llama": (20, 90),
    "plata": (45, 220),
    "tupiza": (12, 55),
    "vino": (25, 120),
    "imprenta": (5, 80),
    "cuero": (30, 170),
    "ganado": (10, 60),
    "goma": (8, 70),
    "acai": (10, 50),
}
HOY = (  # where, and who
    ("tejidos", "ana"),
    ("cafe", "regulador"),
    ("tejidos", "gobernacion"),
    ("papeleria", "luis"),
    ("madera", "correos"),
    ("tejidos", "luis"),
    ("quinua", "ana"),
)
# who buys, the more often the more times
COMPRADORES: tuple[str, ...] = (
    *("ana",) * 5,
    *("luis", "regulador") * 4,
    *("correos", "gobernacion") * 3,
    *("alcaldia",) * 2,
    *("cafe", "madera", "quinua", "ferreteria", "papeleria", "tejidos"),
)


@capitulo("pagos.mostrador")
def pasos(epoca: Epoca) -> Iterator[Paso]:
    """Every sale; who sells by then is drawn, more often who has been there longer."""
    abren = _aperturas(epoca)
    numero = 0
    for dia in epoca.dias():
        azar = epoca.azar(f"mostrador {dia}")
        abiertos = [clave for clave, desde in abren.items() if desde <= dia]
        for _vez in range(veces(azar, AL_DIA * ventas(epoca, dia)) if abiertos else 0):
            numero += 1
            yield from _venta(azar, numero, dia, abiertos)
    yield from _de_hoy(epoca, numero)


def _de_hoy(epoca: Epoca, numero: int) -> Iterator[Paso]:
    """However early it is, something was sold today in each of some places."""
    azar = epoca.azar("mostrador de hoy")
    dura = min(epoca.hoy - a_las(fecha_bolivia(epoca.hoy), 0), timedelta(hours=6))
    for n, (puesto, quien) in enumerate(HOY, start=1):
        pagar = partial(
            _pagar, numero=numero + n, quien=quien, puesto=puesto, monto=_monto(azar, *PUESTOS[puesto])
        )
        yield Paso(epoca.hoy - dura * (n / (len(HOY) + 1)), f"venta {numero + n}", pagar)


def _aperturas(epoca: Epoca) -> dict[str, date]:
    """From which day each one sells."""
    abren = dict.fromkeys(PUESTOS, epoca.desde + timedelta(days=1))
    inscritas = {u: (i + INSCRIPCION_MAXIMA).date() for u, i in inicios(epoca).items() if u in PUESTOS}
    return abren | inscritas


def _venta(azar: Random, numero: int, dia: date, abiertos: list[str]) -> Iterator[Paso]:
    puesto, quien = azar.choice(abiertos), azar.choice(COMPRADORES)
    if unidades_demo()[puesto].persona == quien:
        return
    cuando = hora(azar, dia)
    pagar = partial(_pagar, numero=numero, quien=quien, puesto=puesto, monto=_monto(azar, *PUESTOS[puesto]))
    yield Paso(cuando, f"venta {numero}", pagar)
    if numero % DEVUELVEN_CADA == 0:
        vuelve: datetime = a_las(dia + timedelta(days=1), azar.uniform(9, 12))
        yield Paso(vuelve, f"devolución {numero}", partial(_devolver, numero=numero, puesto=puesto))


def _monto(azar: Random, menor: int, mayor: int) -> Money:
    """Small amounts more often than large ones, in half bolivianos."""
    medios = int(2 * menor * (mayor / menor) ** azar.random())
    return bs(Decimal(medios) / 2)


def _pagar(sesion: Session, numero: int, quien: str, puesto: str, monto: Money) -> None:
    with si_se_puede(sesion):
        pagar_a_unidad(
            sesion,
            actor(sesion, quien),
            id_de_unidad(puesto),
            _id_de_venta(numero),
            monto,
            billetera(sesion, quien),
        )


def _devolver(sesion: Session, numero: int, puesto: str) -> None:
    """All of it: what was bought came back."""
    venta, vende = _id_de_venta(numero), actor(sesion, unidades_demo()[puesto].persona)
    with si_se_puede(sesion), suppress(NoEncontrado):  # there was no money for it
        saldo = saldo_por_devolver(sesion, vende, venta)
        devolver(
            sesion,
            vende,
            id=id_demo(f"devolucion-de-venta:{numero}"),
            transferencia_id=venta,
            monto=saldo,
            saldo_visto=saldo,
            nota="Devolvió lo comprado (demostración).",
        )


def _id_de_venta(numero: int) -> UUID:
    return id_demo(f"venta:{numero}")
