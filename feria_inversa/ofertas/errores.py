"""Errors of the bids: stable codes, Spanish words that say what to do."""

from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l


class OfertaNoEncontrada(NoEncontrado):
    codigo = "oferta_no_encontrada"
    titulo = _l("No existe esa oferta")


class OfertaTardia(Conflicto):
    codigo = "oferta_tardia"
    titulo = _l("La convocatoria no recibe ofertas ahora")


class OfertaYaPresentada(Conflicto):
    codigo = "oferta_ya_presentada"
    titulo = _l("La unidad ya tiene una oferta en esta convocatoria")


class OfertaTerminada(Conflicto):
    codigo = "oferta_terminada"
    titulo = _l("La oferta ya fue retirada o reemplazada")


class VersionCambiada(Conflicto):
    codigo = "version_cambiada"
    titulo = _l("La convocatoria cambió mientras preparaba su oferta")


class OfertaPorRehacer(Conflicto):
    codigo = "oferta_por_rehacer"
    titulo = _l("Cambió lo que se pide: presente otra oferta")


class SobreRequerido(Conflicto):
    codigo = "sobre_requerido"
    titulo = _l("Aquí las ofertas llegan selladas")
    pasajero = True  # nothing of what was sent in the open is kept, its digest neither


class SobresCerrados(Conflicto):
    codigo = "sobres_cerrados"
    titulo = _l("Los precios se conocen recién en la apertura")


class PlazoNoVencido(Conflicto):
    codigo = "plazo_no_vencido"
    titulo = _l("El plazo para ofertar todavía no terminó")


class ArchivoNoEncontrado(NoEncontrado):
    codigo = "archivo_no_encontrado"
    titulo = _l("La oferta no trae ese documento")


def id_en_uso() -> DatosInvalidos:
    return DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
