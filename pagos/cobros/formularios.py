"""The forms of charges: what each asks for, in which words."""

import re
import unicodedata
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field, field_validator, model_validator

from nucleo.archivos import MAXIMO_BYTES, ImagenInvalida
from nucleo.dinero import Dinero, bs
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Campo, Formulario, Hoja, Nada, campos
from nucleo.lectores import Entero, leer_cantidad, leer_linea, leer_monto
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from pagos.cobros.consultas import medianoche
from pagos.cobros.errores import ReferenciaConOtrosDatos
from pagos.cobros.esquemas import (
    LINEAS_MAX,
    CodigoConcepto,
    CodigoSin,
    ConceptoPorCrear,
    ConceptoPorEditar,
    Descripcion,
    Facturacion,
    LineaPorEmitir,
    Monto,
    OrdenPorEmitir,
    Pagador,
    PorAnular,
    Referencia,
    Texto120,
    Texto200,
    exigir_vigencia,
)
from pagos.cobros.formula import TERMINOS_MAX, Cantidad, Formula, Variable
from pagos.cobros.modelos import Concepto
from pagos.qr import QrInvalido

FILAS_DE_LINEAS = 4
FILAS_DE_TERMINOS = 4


# --- A payment ------------------------------------------------------------------------------------------

Cuenta = Annotated[Entero, Field(ge=1, lt=2**63)]


class PagoPedido(BaseModel):
    """Of an order: without an amount, all that is left of it."""

    cuenta: Cuenta | None = None
    monto: Dinero | None = None


class PagoAUnidad(BaseModel):
    cuenta: Cuenta | None = None
    monto: Monto


class PagoConfirmado(BaseModel):
    """What the person saw: from where, how much, and the equal payment of some minutes before, if any."""

    cuenta: Cuenta
    monto: Dinero
    visto: UUID | None = None


_CUENTA = campos.seleccion("cuenta", _l("Desde la cuenta"), opcional=True)
PAGO = Formulario(
    "cobro.pago",
    PagoPedido,
    _CUENTA,
    campos.dinero("monto", _l("Monto"), ancho="", opcional=True, autocompletar="off"),
    guardable=False,
)
PAGO_A_UNIDAD = Formulario(
    "cobro.pago_a_unidad",
    PagoAUnidad,
    _CUENTA,
    campos.dinero("monto", _l("Monto"), ancho="", autocompletar="off"),
    guardable=False,
)
CONFIRMACION = Formulario(
    "cobro.confirmacion",
    PagoConfirmado,
    campos.oculto("cuenta"),
    campos.oculto("monto", lector=leer_monto),
    campos.oculto("visto"),
    guardable=False,
)
TARJETA = Formulario("cobro.tarjeta", Nada)
FOTO = Formulario(
    "cobro.foto",
    Nada,
    campos.archivo(
        "foto",
        _l("Foto del código QR"),
        bytes_maximos=MAXIMO_BYTES,
        ayuda=_l("Que se vea entero y enfocado. La foto no se guarda."),
        falta=_l("Tome una foto del código o elija una que ya tenga."),
        acepta="image/*",
    ),
    lugares={ImagenInvalida.codigo: "foto", QrInvalido.codigo: "foto"},
)

HojaDePago = Annotated[Hoja[PagoPedido], Depends(PAGO)]
HojaDePagoAUnidad = Annotated[Hoja[PagoAUnidad], Depends(PAGO_A_UNIDAD)]
HojaDeConfirmacion = Annotated[Hoja[PagoConfirmado], Depends(CONFIRMACION)]
HojaDeTarjeta = Annotated[Hoja[Nada], Depends(TARJETA)]
HojaDeFoto = Annotated[Hoja[Nada], Depends(FOTO)]


# --- A concept ------------------------------------------------------------------------------------------


class Cobro(BaseModel):
    """How much a concept charges: `modo` says which of the two counts, the other is not looked at."""

    modo: Literal["monto", "formula"]
    monto: Monto | None = None
    formula: Formula | None = None

    @model_validator(mode="before")
    @classmethod
    def _solo_uno(cls, datos: dict[str, Any]) -> dict[str, Any]:
        if datos.get("modo") != "formula":
            return {"modo": datos.get("modo"), "monto": datos.get("monto", bs(0))}
        formula = datos.get("formula", {})
        terminos = [
            {"variable": variable_de(t.get("etiqueta", "")), **t} for t in formula.get("terminos", ())
        ]
        return {"modo": "formula", "formula": {**formula, "terminos": terminos}}

    @property
    def partes(self) -> dict[str, Any]:
        return {"monto": self.monto} if self.modo == "monto" else {"formula": self.formula}


def variable_de(etiqueta: str) -> str:
    """The name of a variable from its label: `Superficie útil` -> `superficie_util`."""
    plano = unicodedata.normalize("NFKD", etiqueta).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plano).strip("_")[:30].lstrip("0123456789_") or "variable"


_o_nada = BeforeValidator(lambda valor: None if valor == "" else valor)
"""What may be emptied again: the field says `vacio=""`."""


class _Concepto(BaseModel):
    descripcion: Descripcion = ""
    codigo_sin: Annotated[CodigoSin | None, _o_nada] = None
    vigente_hasta: Annotated[date | None, _o_nada] = None

    @property
    def datos(self) -> dict[str, Any]:
        """What was written, by the names of the requests."""
        escritos = {n: getattr(self, n) for n in self.model_fields_set}
        cobro: Cobro | None = escritos.pop("cobro", None)
        return escritos | (cobro.partes if cobro is not None else {})


class ConceptoEscrito(_Concepto):
    codigo: CodigoConcepto
    nombre: Texto120
    norma: Texto200
    cobro: Cobro
    vigente_desde: date

    @model_validator(mode="after")
    def _coherente(self) -> Self:
        exigir_vigencia(self.vigente_desde, self.vigente_hasta)
        return self

    def pedido(self, unidad_id: UUID) -> ConceptoPorCrear:
        return ConceptoPorCrear(unidad_id=unidad_id, **self.datos)


class ConceptoCambiado(_Concepto):
    nombre: Texto120 | None = None
    norma: Texto200 | None = None
    cobro: Cobro | None = None
    vigente_desde: date | None = None

    @property
    def pedido(self) -> ConceptoPorEditar:
        return ConceptoPorEditar(**self.datos)


def _leer_tarifa(texto: str) -> Decimal:
    """A quantity, or a tariff of up to six decimals."""
    return leer_cantidad(texto, decimales=6)


def _tope(nombre: str, etiqueta: str, **palabras: Any) -> Campo:
    falta = _l("Escriba un monto con números, por ejemplo 45,50.")
    return campos.dinero(
        f"cobro.formula.{nombre}", etiqueta, opcional=True, autocompletar="off", falta=falta, **palabras
    )


_CONCEPTO = (
    campos.texto(
        "nombre",
        _l("Nombre"),
        falta=_l("Escriba el nombre en hasta 120 letras."),
        maximo=120,
        autocompletar="off",
    ),
    campos.area(
        "descripcion",
        _l("Qué incluye"),
        falta=_l("Escriba hasta 1.000 letras."),
        maximo=1000,
        lector=leer_linea,
        filas=3,
        opcional=True,
        vacio="",
    ),
    campos.texto(
        "codigo_sin",
        _l("Código de producto del SIN"),
        ayuda=_l("Para la factura."),
        falta=_l("El código del SIN lleva hasta 12 números."),
        modo="numeric",
        maximo=12,
        opcional=True,
        vacio="",
    ),
    campos.texto(
        "norma",
        _l("Norma que lo fija"),
        ayuda=_l("Por ejemplo: Ley Municipal 12/2024, artículo 7."),
        falta=_l("Diga qué norma fija este cobro."),
        maximo=200,
        autocompletar="off",
    ),
    campos.opciones(
        "cobro.modo",
        _l("¿Cómo se cobra?"),
        opciones=[
            ("monto", _l("Un monto fijo")),
            ("formula", _l("Según una fórmula"), _l("Base más tarifas por cantidad")),
        ],
    ),
    campos.dinero("cobro.monto", _l("Monto fijo"), opcional=True, autocompletar="off"),
    _tope("base", _l("Base"), ayuda=_l("Lo que se cobra siempre.")),
    campos.texto(
        "cobro.formula.terminos.*.etiqueta",
        _l("Variable"),
        falta=_l("Escriba al menos una variable con su tarifa, en hasta 60 letras."),
        maximo=60,
        autocompletar="off",
    ),
    campos.texto(
        "cobro.formula.terminos.*.unidad",
        _l("Unidad"),
        falta=_l("Escriba la unidad en hasta 20 letras."),
        maximo=20,
        opcional=True,
        vacio="",
        autocompletar="off",
    ),
    campos.cantidad(
        "cobro.formula.terminos.*.tarifa",
        _l("Tarifa"),
        lector=_leer_tarifa,
        falta=_l("Escriba la tarifa con números, por ejemplo 0,35."),
        prefijo="Bs",
        ancho="",
        maximo=16,
        autocompletar="off",
    ),
    _tope("minimo", _l("Nunca menos de")),
    _tope("maximo", _l("Nunca más de")),
    campos.fecha("vigente_desde", _l("Rige desde"), falta=_l("Elija desde cuándo rige.")),
    campos.fecha(
        "vigente_hasta",
        _l("Rige hasta"),
        ayuda=_l("Último día, incluido. Vacío: sin fecha final."),
        falta=_l("Elija una fecha válida, o ninguna."),
        opcional=True,
        vacio="",
    ),
)
_SIN_TERMINOS = {"cobro.formula.terminos": "cobro.formula.terminos.0.etiqueta"}
CONCEPTO = Formulario(
    "cobro.concepto",
    ConceptoEscrito,
    campos.texto(
        "codigo",
        _l("Código"),
        ayuda=_l("Corto y fácil de reconocer, por ejemplo PAT-FUN."),
        falta=_l("Use hasta 20 letras sin tilde, números y guiones, por ejemplo PAT-FUN."),
        maximo=20,
        autocompletar="off",
    ),
    *_CONCEPTO,
    lugares=_SIN_TERMINOS,
)
CAMBIO = Formulario(
    "cobro.concepto.cambio", ConceptoCambiado, *_CONCEPTO, parcial=True, lugares=_SIN_TERMINOS
)
BORRADO = Formulario("cobro.concepto.borrado", Nada, parcial=True)


def valores_de_concepto(concepto: Concepto, *, usado: bool) -> dict[str, Any]:
    """A concept as its form shows it: of one with orders, only what may still change."""
    valores: dict[str, Any] = {
        n: getattr(concepto, n) for n in ("nombre", "descripcion", "codigo_sin", "vigente_hasta")
    }
    if usado:
        return valores
    formula = concepto.como_formula
    valores |= {
        "norma": concepto.norma,
        "vigente_desde": concepto.vigente_desde,
        "cobro.modo": "monto" if formula is None else "formula",
        "cobro.monto": concepto.monto,
    }
    if formula is not None:
        valores |= {f"cobro.formula.{n}": getattr(formula, n) for n in ("base", "minimo", "maximo")}
        for i, termino in enumerate(formula.terminos):
            de = f"cobro.formula.terminos.{i}"
            valores |= {f"{de}.{n}": getattr(termino, n) for n in ("etiqueta", "unidad", "tarifa")}
    return valores


# --- An order -------------------------------------------------------------------------------------------


class VariableEscrita(BaseModel):
    variable: Variable
    valor: Cantidad


class OrdenEscrita(BaseModel):
    """An order as its page asks for it: of a concept, or of its own lines."""

    detalle: Texto200 | None = None
    cantidad: Annotated[Decimal, Field(gt=0, le=1_000_000, max_digits=11, decimal_places=4)]
    variables: tuple[VariableEscrita, ...] = Field((), max_length=TERMINOS_MAX)
    lineas: tuple[LineaPorEmitir, ...] = Field((), max_length=LINEAS_MAX)
    pagador: Pagador | None = None
    facturacion: Facturacion | None = None
    parcial: bool
    minimo: Monto | None = None
    vence: date | None = None
    referencia: Referencia | None = None

    @field_validator("pagador", mode="before")
    @classmethod
    def _solo_con_documento(cls, pagador: dict[str, str]) -> dict[str, str] | None:
        return pagador if pagador.get("documento") else None

    def pedido(self, unidad_id: UUID, concepto: Concepto | None) -> OrdenPorEmitir:
        """As the use case takes it. Raises `DatosInvalidos` when what it is of is missing."""
        faltas: dict[str, str] = {}
        if concepto is None and not self.lineas:
            faltas["lineas.0.descripcion"] = _("Escriba al menos una línea con su precio.")
        if concepto is None and self.detalle is None:
            faltas["detalle"] = _("Diga qué se cobra, en hasta 200 letras.")
        if faltas:
            raise DatosInvalidos(_("Revise los datos marcados."), campos=faltas)
        return OrdenPorEmitir(
            unidad_id=unidad_id,
            **self._de_concepto(concepto) if concepto else {"lineas": self.lineas},
            detalle=self.detalle,
            pagador=self.pagador,
            facturacion=self.facturacion,
            parcial=self.parcial,
            minimo=self.minimo if self.parcial else None,
            # Payable until the end of that day.
            vence_en=medianoche(self.vence + timedelta(days=1)) if self.vence else None,
            referencia=self.referencia,
        )

    def _de_concepto(self, concepto: Concepto) -> dict[str, Any]:
        variables = {v.variable: v.valor for v in self.variables}
        return {"concepto": concepto.codigo, "cantidad": self.cantidad, "variables": variables}


_CANTIDAD = _l("Escriba una cantidad mayor que cero.")
ORDEN = Formulario(
    "cobro.orden",
    OrdenEscrita,
    campos.oculto("variables.*.variable"),
    campos.cantidad("variables.*.valor", _l("Cantidad"), ancho="", autocompletar="off"),
    campos.cantidad(
        "cantidad",
        _l("Cantidad"),
        falta=_CANTIDAD,
        maximo=12,
        ancho="",
        opcional=True,
        vacio=Decimal(1),
        autocompletar="off",
    ),
    campos.texto(
        "detalle",
        _l("Qué se cobra"),
        ayuda=_l("Lo verá cualquiera que tenga el código: no escriba datos personales."),
        falta=_l("Diga qué se cobra, en hasta 200 letras."),
        maximo=200,
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "lineas.*.descripcion",
        _l("Detalle"),
        falta=_l("Escriba el detalle en hasta 200 letras."),
        maximo=200,
        autocompletar="off",
    ),
    campos.cantidad(
        "lineas.*.cantidad",
        _l("Cantidad"),
        falta=_CANTIDAD,
        maximo=12,
        ancho="",
        opcional=True,
        vacio=Decimal(1),
        marcador="1",
        autocompletar="off",
    ),
    campos.precio("lineas.*.precio", _l("Precio"), ancho="", autocompletar="off"),
    campos.seleccion(
        "pagador.tipo",
        _l("Documento"),
        opciones=[("CI", _l("Carnet de identidad")), ("NIT", _l("NIT"))],
        opcional=True,
        vacio="CI",
    ),
    campos.texto(
        "pagador.documento",
        _l("Número"),
        falta=_l("Escriba solo el número, con su complemento si tiene: 1234567-1A."),
        maximo=20,
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "pagador.nombre",
        _l("Nombre"),
        falta=_l("Escriba el nombre en hasta 120 letras."),
        maximo=120,
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "facturacion.razon_social",
        _l("Nombre o razón social"),
        falta=_l("Escriba a nombre de quién va la factura."),
        maximo=120,
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "facturacion.nit",
        _l("NIT o carnet"),
        falta=_l("El NIT lleva de 4 a 13 números."),
        modo="numeric",
        maximo=20,
        opcional=True,
        autocompletar="off",
    ),
    campos.texto(
        "facturacion.correo",
        _l("Correo"),
        falta=_l("Escriba un correo como nombre@ejemplo.bo."),
        tipo="email",
        maximo=120,
        opcional=True,
        autocompletar="off",
    ),
    campos.fecha(
        "vence",
        _l("Último día para pagar"),
        ayuda=_l("Incluido. Vacío: 30 días."),
        falta=_l("Elija una fecha futura."),
        opcional=True,
    ),
    campos.casilla("parcial", _l("Se puede pagar por partes")),
    campos.dinero("minimo", _l("Pago mínimo de cada parte"), opcional=True, autocompletar="off"),
    campos.texto(
        "referencia",
        _l("Su referencia"),
        ayuda=_l("Número de trámite de su unidad: repetirlo no emite otra orden."),
        falta=_l("Use hasta 60 letras y números, sin espacios ni tildes."),
        maximo=60,
        opcional=True,
        autocompletar="off",
    ),
    lugares={"vence_en": "vence", ReferenciaConOtrosDatos.codigo: "referencia"},
)
ANULACION = Formulario(
    "cobro.orden.anulacion",
    PorAnular,
    campos.texto(
        "motivo",
        _l("Motivo"),
        ayuda=_l("Nadie podrá pagarla y no se puede deshacer."),
        falta=_l("Diga por qué la anula, en hasta 200 letras."),
        maximo=200,
        autocompletar="off",
    ),
    parcial=True,
)

HojaDeConcepto = Annotated[Hoja[ConceptoEscrito], Depends(CONCEPTO)]
HojaDeCambio = Annotated[Hoja[ConceptoCambiado], Depends(CAMBIO)]
HojaDeBorrado = Annotated[Hoja[Nada], Depends(BORRADO)]
HojaDeOrden = Annotated[Hoja[OrdenEscrita], Depends(ORDEN)]
HojaDeAnulacion = Annotated[Hoja[PorAnular], Depends(ANULACION)]
