"""Errors of a call: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ConvocatoriaNoEncontrada(NoEncontrado):
    codigo = "convocatoria_no_encontrada"
    titulo = _l("No existe esa convocatoria")


class EstadoNoPermite(TransicionInvalida):
    codigo = "estado_no_permite"
    titulo = _l("El estado de la convocatoria no permite esta acción")


class ConvocatoriaIncompleta(DatosInvalidos):
    codigo = "convocatoria_incompleta"
    titulo = _l("Faltan datos para publicar la convocatoria")


class SubastaNoCorresponde(DatosInvalidos):
    codigo = "subasta_no_corresponde"
    titulo = _l("Este proceso no lleva subasta electrónica")


class CotizacionNoCorresponde(DatosInvalidos):
    codigo = "cotizacion_no_corresponde"
    titulo = _l("Este proceso no puede ser una cotización rápida")


class FaltaMotivo(DatosInvalidos):
    codigo = "falta_motivo"
    titulo = _l("Falta el motivo de la decisión")


class PlazoDeImpugnacion(Conflicto):
    codigo = "plazo_de_impugnacion"
    titulo = _l("Todavía corre el plazo de impugnación")
