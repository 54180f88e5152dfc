"""A fee as data: ``base + Σ tarifa × cantidad``, with floor and cap, rounded once to the centavo (half up).

Nothing is ever evaluated: a formula is a list of named variables, each with its tariff in bolivianos.
Arithmetic is exact; the context traps any inexact step before the one rounding.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, localcontext
from typing import Annotated, Any, Self

from moneyed import Money
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from nucleo.dinero import Dinero, a_centavos, bs, redondear
from nucleo.errores import DatosInvalidos
from nucleo.lectores import DecimalPlano, en_cifras, escrito
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

TERMINOS_MAX = 10
MONTO_MAXIMO = bs(1_000_000)
_EXACTO = Context(prec=60, traps=[Inexact])

Variable = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]
Tarifa = Annotated[DecimalPlano, Field(ge=0, le=1_000_000, max_digits=13, decimal_places=6)]
Cantidad = Annotated[DecimalPlano, Field(ge=0, le=1_000_000_000, max_digits=14, decimal_places=4)]


class FormulaInvalida(DatosInvalidos):
    codigo = "formula_invalida"
    titulo = _l("No se puede calcular el monto")


class Termino(BaseModel):
    """One variable of a fee: how much each unit of it costs, in bolivianos."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    variable: Variable = Field(examples=["superficie"])
    etiqueta: Annotated[str, escrito(60, 1)] = Field(examples=["Superficie"])
    unidad: Annotated[str, escrito(20)] = Field("", examples=["m²"])
    tarifa: Tarifa = Field(examples=["0.35"])


@dataclass(frozen=True, slots=True)
class Calculo:
    """A worked-out fee. `ajuste` says whether the floor or the cap decided it."""

    total: Money
    exacto: Decimal
    ajuste: str | None
    cantidades: Mapping[str, Decimal]

    def a_json(self, formula: "Formula") -> dict[str, Any]:
        """How the amount came about, to be frozen with the order."""
        return {
            "formula": formula.model_dump(mode="json"),
            "cantidades": {nombre: en_cifras(valor) for nombre, valor in self.cantidades.items()},
            "exacto": f"{self.exacto:f}",
            "ajuste": self.ajuste,
        }


class Formula(BaseModel):
    """``base + Σ tarifa × cantidad``, never below `minimo` nor above `maximo`."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    base: Dinero = Field(default_factory=lambda: bs(0))
    terminos: tuple[Termino, ...] = Field(min_length=1, max_length=TERMINOS_MAX)
    minimo: Dinero | None = None
    maximo: Dinero | None = None

    @model_validator(mode="after")
    def _coherente(self) -> Self:
        nombres = [t.variable for t in self.terminos]
        if len(set(nombres)) != len(nombres):
            raise ValueError(_("Las variables no se repiten."))
        if self.minimo is not None and self.maximo is not None and self.minimo > self.maximo:
            raise ValueError(_("El mínimo no puede superar al máximo."))
        return self

    def calcular(self, cantidades: Mapping[str, Decimal]) -> Calculo:
        """The fee for these quantities, one for each variable.

        Raises `FormulaInvalida` naming each variable that is missing, unknown or out of range, or when the
        result is not a positive amount within the platform's maximum.
        """
        self._comprobar(cantidades)
        with localcontext(_EXACTO):
            exacto = self.base.amount + sum(
                (t.tarifa * cantidades[t.variable] for t in self.terminos), Decimal(0)
            )
        ajuste = None
        if self.minimo is not None and exacto < self.minimo.amount:
            total, ajuste = self.minimo, "minimo"
        elif self.maximo is not None and exacto > self.maximo.amount:
            total, ajuste = self.maximo, "maximo"
        else:
            total = redondear(exacto)
        if not 0 < a_centavos(total) <= a_centavos(MONTO_MAXIMO):
            raise FormulaInvalida(_("El resultado debe ser mayor que cero y menor que un millón."))
        return Calculo(total, exacto, ajuste, dict(cantidades))

    def _comprobar(self, cantidades: Mapping[str, Decimal]) -> None:
        esperadas = {t.variable: t.etiqueta for t in self.terminos}
        campos = {n: _("El concepto no tiene esa variable.") for n in cantidades.keys() - esperadas}
        for nombre, etiqueta in esperadas.items():
            valor = cantidades.get(nombre)
            if valor is None:
                campos[nombre] = _("Falta %(que)s.") % {"que": etiqueta}
            elif not (valor.is_finite() and 0 <= valor <= 1_000_000_000):
                campos[nombre] = _("%(que)s debe estar entre 0 y mil millones.") % {"que": etiqueta}
            elif valor != valor.quantize(Decimal("0.0001")):
                campos[nombre] = _("%(que)s lleva como máximo cuatro decimales.") % {"que": etiqueta}
        if campos:
            raise FormulaInvalida(" ".join(campos.values()), campos=campos)
