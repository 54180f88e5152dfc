"""The rules of a modality as they are on a day, or as a process was born with them: frozen values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Self

from moneyed import Money

from nucleo.dinero import de_centavos


class Clave(StrEnum):
    """What a modality may demand. It admits reference totals in ``(monto_desde, monto_hasta]``.

    A day of delay costs `multa_por_mil` of what came late, up to `multa_tope` per cent of the order. With
    `actos_habiles` the acts of the process fall on working days of the entity's place; its offices are open
    from `hora_desde` to `hora_hasta`, in minutes after midnight. An RPC decides it (`con_rpc`), or an RPA.
    With `en_plan` it is in the annual plan of its entity before it is published. What is contracted is
    guaranteed by `garantia_por_mil` of it (`garantia_mype` by small producers), an advance is at most
    `anticipo_tope` per cent, and that a bid is serious is guaranteed above `monto_seriedad`. An order changes
    by `modificacion_tope` per cent of what was awarded, at most. What is delivered in `orden_dias` calendar
    days at most is formalised by an order, the rest by a contract.
    Where there is a `subasta_paso` it may be auctioned: a bid goes down by so many in a thousand of the
    reference at least; minutes that it lasts, in whose last `subasta_extension` a bid makes it longer by as
    many; minutes from the opening to its beginning, at least; and days from the notice of an interruption to
    its new end, at most. By rounds it lasts what its turns do: minutes of each, and those before each round.
    Where there is a `cotizacion_rapida` the names of who bid may be hidden until it is decided.
    """

    MONTO_DESDE = "monto_desde"
    MONTO_HASTA = "monto_hasta"
    DIAS_MINIMOS = "dias_minimos"
    DIAS_IMPUGNACION = "dias_impugnacion"
    MULTA_POR_MIL = "multa_por_mil"
    MULTA_TOPE = "multa_tope"
    DIAS_DOCUMENTOS = "dias_documentos"
    ACTOS_HABILES = "actos_habiles"
    HORA_DESDE = "hora_desde"
    HORA_HASTA = "hora_hasta"
    CON_RPC = "con_rpc"
    EN_PLAN = "en_plan"
    GARANTIA_POR_MIL = "garantia_por_mil"
    GARANTIA_MYPE = "garantia_mype"
    ANTICIPO_TOPE = "anticipo_tope"
    MONTO_SERIEDAD = "monto_seriedad"
    SUBASTA_PASO = "subasta_paso"
    SUBASTA_DURACION = "subasta_duracion"
    SUBASTA_EXTENSION = "subasta_extension"
    SUBASTA_ESPERA = "subasta_espera"
    MODIFICACION_TOPE = "modificacion_tope"
    SUBASTA_PRORROGA = "subasta_prorroga"
    ORDEN_DIAS = "orden_dias"
    SUBASTA_TURNO = "subasta_turno"
    SUBASTA_PAUSA = "subasta_pausa"
    COTIZACION_RAPIDA = "cotizacion_rapida"


DE_SUBASTA = (
    Clave.SUBASTA_PASO,
    Clave.SUBASTA_DURACION,
    Clave.SUBASTA_EXTENSION,
    Clave.SUBASTA_ESPERA,
    Clave.SUBASTA_PRORROGA,
    Clave.SUBASTA_TURNO,
    Clave.SUBASTA_PAUSA,
)


DE_ALGUNAS = {*DE_SUBASTA, Clave.COTIZACION_RAPIDA}
"""What some processes of the modality have, because their call says so."""
CONTINUA = {Clave.SUBASTA_DURACION, Clave.SUBASTA_EXTENSION}
POR_RONDAS = {Clave.SUBASTA_TURNO, Clave.SUBASTA_PAUSA}
RONDAS = 3


@dataclass(frozen=True, slots=True)
class ReglasDeSubasta:
    """The least by which a bid goes down, in thousandths of the reference; minutes, days."""

    paso_por_mil: int
    duracion_min: int
    extension_min: int
    espera_min: int
    prorroga_dias: int
    turno_min: int
    pausa_min: int
    confirmado: bool
    fuente: str

    def minutos(self, compiten: int) -> int:
        """How long it lasts when so many compete: by rounds, what their turns do."""
        return RONDAS * (self.pausa_min + compiten * self.turno_min) if self.turno_min else self.duracion_min


@dataclass(frozen=True, slots=True)
class Valor:
    """A value with its source. One not confirmed is shown as such and blocks nobody."""

    valor: int
    confirmado: bool
    fuente: str
    nota: str
    vigente_desde: date
    vigente_hasta: date | None = None


@dataclass(frozen=True, slots=True)
class Reglas:
    """A modality with its values. Without a value nothing is demanded."""

    codigo: str
    nombre: str
    norma: str
    metodo_ocds: str
    valores: Mapping[Clave, Valor]

    @property
    def dias_minimos(self) -> int:
        return self._valor(Clave.DIAS_MINIMOS)

    @property
    def dias_impugnacion(self) -> int:
        return self._valor(Clave.DIAS_IMPUGNACION)

    @property
    def dias_documentos(self) -> int:
        return self._valor(Clave.DIAS_DOCUMENTOS)

    @property
    def horario(self) -> tuple[int, int] | None:
        """When offices are open, in minutes after midnight."""
        if Clave.HORA_DESDE not in self.valores or Clave.HORA_HASTA not in self.valores:
            return None
        return self._valor(Clave.HORA_DESDE), self._valor(Clave.HORA_HASTA)

    @property
    def con_rpc(self) -> bool:
        """Whether an RPC decides, and not an RPA."""
        return bool(self._valor(Clave.CON_RPC))

    @property
    def multa_por_mil(self) -> int:
        return self._valor(Clave.MULTA_POR_MIL)

    @property
    def multa_tope(self) -> int:
        return self._valor(Clave.MULTA_TOPE)

    @property
    def confirmado(self) -> bool:
        return all(valor.confirmado for valor in self._generales)

    @property
    def por_monto(self) -> bool:
        """Whether the amount leads to it; to the others, a cause or another norm does."""
        return Clave.MONTO_DESDE in self.valores or Clave.MONTO_HASTA in self.valores

    @property
    def nota(self) -> str:
        """What is said of the values that are not confirmed."""
        notas = [valor.nota for valor in self._generales if not valor.confirmado and valor.nota]
        return " ".join(dict.fromkeys(notas))

    @property
    def _generales(self) -> Sequence[Valor]:
        """Those of every process; what is of auctions or quick quotations only is told where one is."""
        return [valor for clave, valor in self.valores.items() if clave not in DE_ALGUNAS]

    @property
    def subasta(self) -> "ReglasDeSubasta | None":
        """How an auction is held; None where the modality admits none."""
        if Clave.SUBASTA_PASO not in self.valores:
            return None
        paso, duracion, extension, espera, prorroga, turno, pausa = (self._valor(c) for c in DE_SUBASTA)
        confirmado = all(self.valores[c].confirmado for c in DE_SUBASTA if c in self.valores)
        fuente = self.valores[Clave.SUBASTA_PASO].fuente
        return ReglasDeSubasta(paso, duracion, extension, espera, prorroga, turno, pausa, confirmado, fuente)

    def para(self, *, subasta: bool, por_rondas: bool, rapida: bool) -> Self:
        """Those of a process by the auction that it has, if it has one, and by whether it hides names."""
        sobran = set((CONTINUA if por_rondas else POR_RONDAS) if subasta else DE_SUBASTA)
        if not rapida:
            sobran.add(Clave.COTIZACION_RAPIDA)
        return replace(self, valores={c: v for c, v in self.valores.items() if c not in sobran})

    def exige(self, clave: Clave) -> bool:
        """Whether there is such a value and it blocks."""
        return clave in self.valores and self.valores[clave].confirmado

    def admite(self, total: Money) -> bool:
        """Whether a total is above the floor and not above the ceiling; bounds in doubt do not count."""
        desde, hasta = (
            de_centavos(self.valores[clave].valor) if self.exige(clave) else None
            for clave in (Clave.MONTO_DESDE, Clave.MONTO_HASTA)
        )
        return (desde is None or desde < total) and (hasta is None or total <= hasta)

    def _valor(self, clave: Clave) -> int:
        return self.valores[clave].valor if clave in self.valores else 0

    def foto(self) -> dict[str, Any]:
        """What a process keeps of them."""
        valores = {
            str(clave): {c: v.isoformat() if isinstance(v, date) else v for c, v in asdict(valor).items()}
            for clave, valor in self.valores.items()
        }
        return {
            "codigo": self.codigo,
            "nombre": self.nombre,
            "norma": self.norma,
            "metodo_ocds": self.metodo_ocds,
            "valores": valores,
        }

    @classmethod
    def de_la_foto(cls, foto: Mapping[str, Any]) -> Self:
        """Those that a process was born with."""
        valores = {
            Clave(clave): Valor(
                **dict(v)
                | {
                    "vigente_desde": date.fromisoformat(v["vigente_desde"]),
                    "vigente_hasta": v["vigente_hasta"] and date.fromisoformat(v["vigente_hasta"]),
                }
            )
            for clave, v in foto["valores"].items()
        }
        return cls(**dict(foto) | {"valores": valores})
