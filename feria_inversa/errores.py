"""Errors of the fair: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, Prohibido
from nucleo.textos import perezoso as _l
from nucleo.vidas import TransicionInvalida


class ConvocatoriaNoEncontrada(NoEncontrado):
    codigo = "convocatoria_no_encontrada"
    titulo = _l("No existe esa convocatoria")


class OfertaNoEncontrada(NoEncontrado):
    codigo = "oferta_no_encontrada"
    titulo = _l("No existe esa oferta")


class OrdenNoEncontrada(NoEncontrado):
    codigo = "orden_de_compra_no_encontrada"
    titulo = _l("No existe esa orden de compra")


class ReleaseNoEncontrado(NoEncontrado):
    codigo = "ocid_no_encontrado"
    titulo = _l("No hay publicaciones con ese identificador OCDS")


class EstadoNoPermite(TransicionInvalida):
    codigo = "estado_no_permite"
    titulo = _l("El estado de la convocatoria no permite esta acción")


class OfertaTardia(Conflicto):
    codigo = "oferta_tardia"
    titulo = _l("El plazo para ofertar ya terminó")


class OfertaYaPresentada(Conflicto):
    codigo = "oferta_ya_presentada"
    titulo = _l("La unidad ya tiene una oferta en esta convocatoria")


class OfertaTerminada(Conflicto):
    codigo = "oferta_terminada"
    titulo = _l("La oferta ya fue retirada o reemplazada")


class SobresCerrados(Conflicto):
    codigo = "sobres_cerrados"
    titulo = _l("Los precios se conocen recién en la apertura")


class PlazoNoVencido(Conflicto):
    codigo = "plazo_no_vencido"
    titulo = _l("El plazo para ofertar todavía no terminó")


class PlazoDeImpugnacion(Conflicto):
    codigo = "plazo_de_impugnacion"
    titulo = _l("Todavía corre el plazo de impugnación")


class ConflictoDeInteres(Prohibido):
    codigo = "conflicto_de_interes"
    titulo = _l("Hay un conflicto de interés")


class PlazoInsuficiente(DatosInvalidos):
    codigo = "plazo_insuficiente"
    titulo = _l("El plazo para ofertar es más corto que el mínimo")


class ModalidadNoCorresponde(DatosInvalidos):
    codigo = "modalidad_no_corresponde"
    titulo = _l("La modalidad no corresponde al monto")


class ConvocatoriaIncompleta(DatosInvalidos):
    codigo = "convocatoria_incompleta"
    titulo = _l("Faltan datos para publicar la convocatoria")


class FaltaMotivo(DatosInvalidos):
    codigo = "falta_motivo"
    titulo = _l("Falta el motivo de la decisión")
