"""The forms of an award that falls, and of an order: decline, deliver, receive, pay, end, guarantee it."""

from decimal import Decimal
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from feria_inversa.contratos.esquemas import (
    AceptacionEntrada,
    AnulacionEntrada,
    EjecucionEntrada,
    GarantiaEntrada,
    PagoEntrada,
    RechazoEntrada,
    ResolucionEntrada,
    SinEfectoEntrada,
)
from feria_inversa.contratos.estados import (
    ClaseDeGarantia,
    FormaDeGarantia,
    nombre_clase_garantia,
    nombre_forma_garantia,
)
from feria_inversa.procesos import Texto
from nucleo.formularios import Formulario, Hoja, campos
from nucleo.lectores import Fecha
from nucleo.textos import perezoso as _l


class CantidadDePagina(BaseModel):
    cantidad: Annotated[Decimal, Field(max_digits=14, decimal_places=4)]


class EntregaDePagina(BaseModel):
    """The rows go by the number of the line."""

    lineas: list[CantidadDePagina] = []
    nota: Annotated[Texto, Field(max_length=500)] = ""


class RecepcionDePagina(BaseModel):
    lineas: list[CantidadDePagina] = []
    motivo: Annotated[Texto, Field(max_length=1000)] = ""
    llego_el: Fecha | None = None
    multar: bool


class ModificacionDePagina(BaseModel):
    """The rows go by the number of the line; one that is left empty stays as it is."""

    dias: Annotated[int, Field(ge=0, le=1095)] = 0
    lineas: list[CantidadDePagina] = []
    motivo: Annotated[Texto, Field(min_length=10, max_length=1000)]


_CAUSAS = (
    ("desistido", _l("El proveedor desistió")),
    ("descalificado", _l("La entidad lo descalifica")),
)
SIN_EFECTO = Formulario(
    "convocatoria.sin_efecto",
    SinEfectoEntrada,
    campos.seleccion("item_id", _l("Ítem adjudicado"), falta=_l("Elija el ítem.")),
    campos.opciones(
        "causa",
        _l("Por qué queda sin efecto"),
        opciones=lambda: [(codigo, str(nombre)) for codigo, nombre in _CAUSAS],
        falta=_l("Elija la causa."),
    ),
    campos.area(
        "explicacion",
        _l("Explicación, que será pública"),
        filas=3,
        maximo=1000,
        falta=_l("Explíquelo con al menos 10 letras: será público."),
    ),
)
HojaDeSinEfecto = Annotated[Hoja[SinEfectoEntrada], Depends(SIN_EFECTO)]
_MOTIVO = campos.area(
    "motivo",
    _l("Motivo, que será público"),
    filas=3,
    maximo=1000,
    falta=_l("Explique el motivo con al menos 10 letras: será público."),
)
RECHAZO = Formulario("orden_de_compra.rechazo", RechazoEntrada, _MOTIVO)
HojaDeRechazo = Annotated[Hoja[RechazoEntrada], Depends(RECHAZO)]
_CANTIDAD = campos.cantidad("lineas.*.cantidad", _l("Cantidad"), opcional=True)
ENTREGA = Formulario(
    "orden_de_compra.entrega",
    EntregaDePagina,
    _CANTIDAD,
    campos.texto(
        "nota",
        _l("Nota"),
        ayuda=_l("El número de la remisión, quién la llevó."),
        maximo=500,
        opcional=True,
    ),
)
HojaDeEntrega = Annotated[Hoja[EntregaDePagina], Depends(ENTREGA)]
RECEPCION = Formulario(
    "orden_de_compra.recepcion",
    RecepcionDePagina,
    _CANTIDAD,
    campos.area(
        "motivo",
        _l("Por qué no recibe todo"),
        ayuda=_l("Obligatorio si recibe menos de lo entregado. Será público."),
        filas=3,
        maximo=1000,
        opcional=True,
    ),
    campos.fecha(
        "llego_el",
        _l("El día en que llegó"),
        ayuda=_l("Hasta ese día se cuenta el atraso."),
        opcional=True,
    ),
    campos.casilla("multar", _l("Aplicar la multa por atraso aunque su regla esté por confirmar")),
)
HojaDeRecepcion = Annotated[Hoja[RecepcionDePagina], Depends(RECEPCION)]
_MEDIOS = (("c31", _l("Con un C-31 del Tesoro")), ("libro", _l("Con dinero de la cuenta de la entidad")))
PAGO = Formulario(
    "orden_de_compra.pago",
    PagoEntrada,
    campos.dinero("monto", _l("Monto"), falta=_l("Escriba cuánto paga.")),
    campos.opciones(
        "medio",
        _l("Cómo paga"),
        opciones=lambda: [(codigo, str(nombre)) for codigo, nombre in _MEDIOS],
        falta=_l("Elija cómo paga."),
    ),
    campos.texto("comprobante", _l("Número del C-31"), maximo=40, opcional=True),
    campos.fecha("fecha", _l("Fecha del C-31"), opcional=True),
    campos.casilla("repetido", _l("Ese C-31 paga también otra orden")),
    campos.seleccion(
        "cuenta_id", _l("Cuenta de la entidad"), opcional=True, elija=_l("Si paga de una cuenta, elíjala")
    ),
    guardable=False,
)
HojaDePago = Annotated[Hoja[PagoEntrada], Depends(PAGO)]
RESOLUCION = Formulario("orden_de_compra.resolucion", ResolucionEntrada, _MOTIVO)
HojaDeResolucion = Annotated[Hoja[ResolucionEntrada], Depends(RESOLUCION)]
GARANTIA = Formulario(
    "orden_de_compra.garantia",
    GarantiaEntrada,
    campos.opciones(
        "clase",
        _l("Por qué responde"),
        opciones=lambda: [(clase, nombre_clase_garantia(clase)) for clase in ClaseDeGarantia],
        falta=_l("Elija por qué responde."),
    ),
    campos.seleccion(
        "forma",
        _l("Qué es"),
        opciones=lambda: [(forma, nombre_forma_garantia(forma)) for forma in FormaDeGarantia],
        falta=_l("Elija qué es."),
    ),
    campos.texto(
        "emisor",
        _l("Quién la emitió"),
        ayuda=_l("El banco o la aseguradora."),
        maximo=120,
        falta=_l("Escriba el nombre del banco o de la aseguradora."),
    ),
    campos.texto("documento", _l("Su número"), maximo=40, falta=_l("Escriba el número de la garantía.")),
    campos.dinero("monto", _l("Monto"), falta=_l("Escriba por cuánto responde.")),
    campos.casilla("mype", _l("El proveedor es MyPE, OECA o asociación de productores")),
    campos.fecha("desde", _l("Desde"), falta=_l("Escriba desde qué día responde.")),
    campos.fecha("hasta", _l("Hasta"), falta=_l("Escriba hasta qué día responde.")),
    campos.seleccion("renueva_a", _l("Renueva a"), opcional=True, elija=_l("A ninguna")),
)
HojaDeGarantia = Annotated[Hoja[GarantiaEntrada], Depends(GARANTIA)]
EJECUCION = Formulario("orden_de_compra.garantia.ejecucion", EjecucionEntrada, _MOTIVO)
HojaDeEjecucion = Annotated[Hoja[EjecucionEntrada], Depends(EJECUCION)]
MODIFICACION = Formulario(
    "orden_de_compra.modificacion",
    ModificacionDePagina,
    _CANTIDAD,
    campos.entero(
        "dias",
        _l("Cuántos días más para entregar"),
        ayuda=_l("Déjelo vacío si el plazo no cambia."),
        maximo=1095,
        opcional=True,
        falta=_l("Escriba un número de 0 a 1.095."),
    ),
    _MOTIVO,
)
HojaDeModificacion = Annotated[Hoja[ModificacionDePagina], Depends(MODIFICACION)]
ANULACION = Formulario("orden_de_compra.garantia.anulacion", AnulacionEntrada, _MOTIVO)
HojaDeAnulacion = Annotated[Hoja[AnulacionEntrada], Depends(ANULACION)]
ACEPTACION = Formulario(
    "orden_de_compra.aceptacion",
    AceptacionEntrada,
    campos.casilla("garantia_entregada", _l("Ya entregué a la entidad mi garantía de cumplimiento")),
)
HojaDeAceptacion = Annotated[Hoja[AceptacionEntrada], Depends(ACEPTACION)]
