"""The daily closing: once a Bolivian day is over, its transfers in number order under one Merkle root.

The day of a transfer is that of its `creada_en`. A transfer is numbered after its instant is read, so around
midnight numbers of two days may interleave; and one that began before midnight may commit after it. So a day
is closed only some minutes later, and only when no transaction that was writing then is still open.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from constancia import (
    RAIZ_VACIA,
    anotar,
    hash_de,
    hashes_que_faltan,
    hojas_de_mas,
    raiz_de,
    registrar_frases,
    registrar_tipo,
)
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.bd import transaccion
from nucleo.dinero import a_centavos, cero, de_centavos
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import perezoso as _l
from pagos.libro import PRESUPUESTARIOS
from pagos.supervision.bloqueos import un_cierre_a_la_vez
from pagos.supervision.hoja import FORMATO, Hoja
from pagos.supervision.modelos import BloqueDeCierre, Cierre

MARGEN = timedelta(minutes=5)
POR_BLOQUE = 1024  # a power of two, so that blocks are subtrees
_FIRMES = (1, 3)

_HOJAS = text(
    """
    SELECT numero, id, debito, credito, monto, codigo, tipo, creada_en, referencia, pendiente_id
    FROM pagos_transferencia
    WHERE numero > :tras AND numero <= :hasta AND creada_en >= :inicio AND creada_en < :fin
    ORDER BY numero
    """
)
_MAXIMO = 2**63 - 1


def limites_del_dia(dia: date) -> tuple[datetime, datetime]:
    """Its first instant and the first one after it."""
    inicio = datetime.combine(dia, time.min, ZONA)
    return inicio, inicio + timedelta(days=1)


def hojas(sesion: Session, dia: date, *, tras: int = 0, hasta: int = _MAXIMO) -> Iterator[Hoja]:
    """The day's transfers with numbers in (tras, hasta], in number order, read as they are needed."""
    inicio, fin = limites_del_dia(dia)
    datos = {"tras": tras, "hasta": hasta, "inicio": inicio, "fin": fin}
    for fila in sesion.execute(_HOJAS, datos, execution_options={"yield_per": 4096}):
        yield Hoja(*fila)


def cerrar_pendientes() -> int:
    """Close every day that is over and not closed, oldest first, each in its own transaction; how many."""
    hechos = 0
    while True:
        with transaccion() as sesion:
            cierre = cerrar_siguiente(sesion)
        if cierre is None:
            return hechos
        hechos += 1


def cerrar_siguiente(sesion: Session) -> Cierre | None:
    """Close the oldest day that can be closed, or None when there is none yet."""
    un_cierre_a_la_vez(sesion)
    ultimo = sesion.exec(select(col(Cierre.dia)).order_by(col(Cierre.dia).desc()).limit(1)).first()
    dia = ultimo + timedelta(days=1) if ultimo else _primer_dia(sesion)
    if dia is None:
        return None
    instante = ahora_bd(sesion)
    _inicio, fin = limites_del_dia(dia)
    if instante < fin + MARGEN or _hay_escritores_de_antes(sesion, fin + MARGEN):
        return None
    return cerrar_dia(sesion, dia)


def _primer_dia(sesion: Session) -> date | None:
    primero = sesion.connection().execute(text("SELECT min(creada_en) FROM pagos_transferencia")).scalar_one()
    return fecha_bolivia(primero) if primero else None


def _hay_escritores_de_antes(sesion: Session, instante: datetime) -> bool:
    """Whether some transaction that had written by `instante` is still open (the offset is for tests)."""
    consulta = text(
        """
        SELECT EXISTS (
            SELECT FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL
              AND xact_start < CAST(:instante AS timestamptz) - (nucleo_ahora() - clock_timestamp()))
        """
    )
    return bool(sesion.connection().execute(consulta, {"instante": instante}).scalar_one())


def cerrar_dia(sesion: Session, dia: date) -> Cierre:
    """Seal a day. The database refuses one that is not over, or that is not the next one."""
    cierre = Cierre(dia=dia, cantidad=0, contabilizadas=0, suma=cero(), raiz=RAIZ_VACIA, formato=FORMATO)
    partes: list[BloqueDeCierre] = []
    bloque: list[Hoja] = []

    def guardar() -> None:
        partes.append(
            BloqueDeCierre(
                dia=dia,
                indice=len(partes),
                cantidad=len(bloque),
                primero=bloque[0].numero,
                ultimo=bloque[-1].numero,
                raiz=raiz_de(h.hash for h in bloque),
            )
        )
        bloque.clear()

    centavos = 0  # a day has many entries: whole numbers until the end
    for hoja in hojas(sesion, dia):
        cierre.cantidad += 1
        if _movio_dinero(hoja):
            cierre.contabilizadas += 1
            centavos += hoja.monto
        cierre.primero = cierre.primero or hoja.numero
        cierre.ultimo = hoja.numero
        bloque.append(hoja)
        if len(bloque) == POR_BLOQUE:
            guardar()
    if bloque:
        guardar()
    cierre.suma = de_centavos(centavos)
    cierre.raiz = raiz_de(parte.raiz for parte in partes)  # blocks are subtrees of the day's tree
    sesion.add(cierre)
    sesion.flush()
    sesion.add_all(partes)
    sesion.flush()
    anotar(sesion, *anotacion_de(cierre))
    hechos: dict[str, Any] = {"cantidad": cierre.cantidad, "suma": centavos, "raiz": cierre.raiz.hex()}
    auditar(sesion, Actor.sistema("cierre diario"), "cierre.hacer", "pagos_cierre", dia, hechos)
    return cierre


def _movio_dinero(hoja: Hoja) -> bool:
    """What is posted, and is not budget: that is sealed with the rest, and adds to no sum of money."""
    return hoja.tipo in _FIRMES and hoja.codigo not in PRESUPUESTARIOS


TIPO_DE_HOJA = "cierre"


def anotacion_de(cierre: Cierre) -> tuple[str, str, str]:
    """What the public log keeps of a closing: its day, how many transfers, their root."""
    return TIPO_DE_HOJA, cierre.dia.isoformat(), f"{cierre.cantidad}|{cierre.raiz.hex()}"


registrar_tipo(TIPO_DE_HOJA, _l("Cierre diario del libro de pagos"), "/cierres#d{objeto}")
registrar_frases(
    TIPO_DE_HOJA,
    _l(
        "Prueba que el cierre de ese día, con esa cantidad de transferencias y esa raíz, está en el registro "
        "público que firmó esa clave, y que nadie lo cambió desde esa firma."
    ),
    _l(
        "No prueba qué transferencias son: eso lo prueba cada comprobante de pago, que lleva a esa raíz; ni "
        "que "
        "alguien no ordenara una que no debía."
    ),
)


def verificar_cierres(sesion: Session, cuantos: int) -> list[str]:
    """Recompute the newest closings from the ledger; a line for each that is not what it sealed."""
    consulta = select(Cierre).order_by(col(Cierre.dia).desc()).limit(cuantos)
    fallas = []
    for cierre in sesion.exec(consulta).all():
        if hashes_que_faltan(sesion, [hash_de(*anotacion_de(cierre))]):
            fallas.append(f"cierre: el del {cierre.dia} no es el que se anotó en el registro público")
        cantidad, suma, raiz = _recontar(sesion, cierre.dia)
        sellado = a_centavos(cierre.suma)
        if (cantidad, suma, raiz) != (cierre.cantidad, sellado, cierre.raiz):
            fallas.append(
                f"cierre: el {cierre.dia} selló {cierre.cantidad} transferencias por {sellado} centavos; "
                f"el libro tiene {cantidad} por {suma}, o cambió alguna"
            )
    return fallas


def verificar_anotados(sesion: Session) -> list[str]:
    """The public log tells of no closing but those that there are; a line for each that it invents."""
    ciertos = (hash_de(*anotacion_de(cierre)) for cierre in sesion.exec(select(Cierre)))
    inventados = hojas_de_mas(sesion, TIPO_DE_HOJA, ciertos)
    return [f"cierre: el registro público tiene uno que no existe, {que}" for que in inventados]


def _recontar(sesion: Session, dia: date) -> tuple[int, int, bytes]:
    """What the ledger says now of a day: how many transfers, the centavos they moved, and their root."""
    cantidad = suma = 0

    def hashes() -> Iterator[bytes]:
        nonlocal cantidad, suma
        for hoja in hojas(sesion, dia):
            cantidad += 1
            suma += hoja.monto if _movio_dinero(hoja) else 0
            yield hoja.hash

    raiz = raiz_de(hashes())
    return cantidad, suma, raiz
