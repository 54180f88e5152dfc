"""The operator's money as a page and a file show it: each figure can be followed to its items."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from moneyed import Money
from sqlalchemy import text
from sqlmodel import Session

from nucleo.archivos.tablas import escribir_tabla
from nucleo.dinero import a_la_boliviana, de_centavos
from nucleo.plazos import inicio_del_dia
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

DIAS = 31
LINEAS_MAXIMO = 50_000

CONCEPTOS = {
    "franqueo": _l("Franqueo"),
    "excedente": _l("Franqueo de más, aceptado"),
    "contra_entrega": _l("Cobro contra entrega pagado"),
    "indemnizacion": _l("Indemnización pagada"),
}
_POR_DIA = text(
    """
    SELECT dia, concepto, efectivo, entra, count(*), sum(monto)::bigint
    FROM envios_dinero_del_operador(:operador, :desde, :hasta)
    GROUP BY 1, 2, 3, 4 ORDER BY 1 DESC, 4 DESC, 2, 3
    """
)
_UNA_A_UNA = text(
    """
    SELECT l.en, l.concepto, l.efectivo, l.entra, l.monto, l.envio_id, e.numero
    FROM envios_dinero_del_operador(:operador, :desde, :hasta) l JOIN envios_envio e ON e.id = l.envio_id
    ORDER BY 1, 2, 6 LIMIT :limite
    """
)


@dataclass(frozen=True, slots=True)
class DiaDeDinero:
    """What moved on a Bolivian day for one reason."""

    dia: date
    concepto: str
    efectivo: bool
    entra: bool
    cuantas: int
    monto: Money

    @property
    def nombre(self) -> str:
        return str(CONCEPTOS[self.concepto])


@dataclass(frozen=True, slots=True)
class LineaDeDinero:
    """One of those movements, and its item."""

    en: datetime
    concepto: str
    efectivo: bool
    entra: bool
    monto: Money
    envio_id: UUID
    numero: str

    @property
    def nombre(self) -> str:
        return str(CONCEPTOS[self.concepto])


def por_dia(sesion: Session, operador_unidad_id: UUID, desde: date, hasta: date) -> list[DiaDeDinero]:
    """From the first day to the last, both whole; newest first."""
    filas = sesion.connection().execute(_POR_DIA, _rango(operador_unidad_id, desde, hasta))
    return [
        DiaDeDinero(dia, concepto, efectivo, entra, cuantas, de_centavos(centavos))
        for dia, concepto, efectivo, entra, cuantas, centavos in filas
    ]


def una_a_una(
    sesion: Session, operador_unidad_id: UUID, desde: date, hasta: date, limite: int = LINEAS_MAXIMO
) -> list[LineaDeDinero]:
    """The same, movement by movement, oldest first."""
    datos = _rango(operador_unidad_id, desde, hasta) | {"limite": limite}
    return [
        LineaDeDinero(en, concepto, efectivo, entra, de_centavos(centavos), envio_id, numero)
        for en, concepto, efectivo, entra, centavos, envio_id, numero in sesion.connection().execute(
            _UNA_A_UNA, datos
        )
    ]


def _rango(operador_unidad_id: UUID, desde: date, hasta: date) -> dict[str, object]:
    return {
        "operador": operador_unidad_id,
        "desde": inicio_del_dia(desde),
        "hasta": inicio_del_dia(hasta + timedelta(days=1)),
    }


def en_csv(lineas: list[LineaDeDinero]) -> bytes:
    """Movement by movement, as spreadsheets open them; amounts as `1.234,50`."""
    titulos = (
        _("Fecha"),
        _("Hora"),
        _("Concepto"),
        _("Cómo"),
        _("Entra"),
        _("Sale"),
        _("Envío"),
        _("Identificador"),
    )
    return escribir_tabla([titulos, *(_en_celdas(linea) for linea in lineas)])


def _en_celdas(linea: LineaDeDinero) -> tuple[object, ...]:
    cuando = linea.en.astimezone(ZONA)
    monto = a_la_boliviana(f"{linea.monto.amount:,.2f}")
    return (
        f"{cuando:%d/%m/%Y}",
        f"{cuando:%H:%M:%S}",
        linea.nombre,
        _("En efectivo") if linea.efectivo else _("En cuenta"),
        monto if linea.entra else "",
        "" if linea.entra else monto,
        linea.numero,
        linea.envio_id,
    )
