"""The authority writes a day of the calendar."""

from sqlmodel import Session

from ciudadania import Riesgo, exigir_sesion_reciente
from empresa_digital.registro.catalogos import nombre_de_lugar
from empresa_digital.registro.competencias import Materia, exigir_competencia
from empresa_digital.registro.feriados.esquemas import Acto, Decreto
from nucleo.actor import Actor, Autorizacion
from nucleo.errores import DatosInvalidos
from nucleo.plazos import Declaracion, Feriado, declarar, publicar_anio, trasladar
from nucleo.textos import gettext as _


def decretar(sesion: Session, actor: Actor, decreto: Decreto) -> list[Feriado]:
    """A holiday, a move or a working day, for the terms that begin from two minutes on.

    Raises `SinFacultad`, and what `nucleo.plazos.declarar` does.
    """
    autorizacion = _exigir_autoridad(sesion, actor)
    nombre_de_lugar(sesion, decreto.lugar)
    declaracion = Declaracion(
        fecha=decreto.fecha,
        lugar=decreto.lugar,
        nombre=decreto.nombre,
        norma=decreto.norma,
        confirmado=decreto.confirmado,
        laborable=decreto.acto is Acto.LABORABLE,
        trasladado_de=decreto.de if decreto.acto is Acto.TRASLADO else None,
    )
    if decreto.acto is not Acto.TRASLADO:
        return [declarar(sesion, autorizacion, declaracion)]
    if decreto.de is None or decreto.de == decreto.fecha:
        detalle = _("Escriba qué día se traslada, distinto del nuevo.")
        raise DatosInvalidos(detalle, campos={"de": detalle})
    return trasladar(sesion, autorizacion, declaracion)


def publicar_el_anio(sesion: Session, actor: Actor, anio: int) -> list[Feriado]:
    """The holidays of the next year, by the rules. Raises `SinFacultad`, `AnioPublicado`."""
    return publicar_anio(sesion, _exigir_autoridad(sesion, actor), anio)


def _exigir_autoridad(sesion: Session, actor: Actor) -> Autorizacion:
    autorizacion = exigir_competencia(sesion, actor, Materia.CALENDARIO)
    exigir_sesion_reciente(actor, Riesgo.REGLAS)
    return autorizacion
