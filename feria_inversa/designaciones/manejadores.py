"""Who is named, ceases or is recused learns of it; so does who answers, and who asked."""

from sqlmodel import Session

from ciudadania import notificar
from empresa_digital.registro import notificar_unidad
from feria_inversa.designaciones import eventos
from feria_inversa.designaciones.avisos import AVISO_PAPEL
from feria_inversa.papeles import (
    EstadoExcusa,
    Papel,
    designacion_por_id,
    excusa_por_id,
    nombre_de_excusa,
    nombre_de_papel,
)
from feria_inversa.papeles.modelos import Designacion
from feria_inversa.procesos.modelos import Convocatoria
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha_hora
from nucleo.textos import gettext as _


def _enlace(fila: Designacion) -> str:
    """Where the person acts, or asks to be left out."""
    if fila.papel == Papel.RECIBE_COMPRAS:
        return f"/entidades/{fila.unidad_id}/compras-de-catalogo"
    if fila.convocatoria_id is None:
        return "/compras"
    return f"/feria/{fila.convocatoria_id}/papeles"


def _donde_se_nombra(fila: Designacion) -> str:
    if fila.convocatoria_id is None:
        return f"/entidades/{fila.unidad_id}/papeles"
    return f"/compras/{fila.convocatoria_id}/papeles"


def _de_que(sesion: Session, fila: Designacion) -> str:
    if fila.papel == Papel.RECIBE_COMPRAS:
        return _("De lo que la entidad compra del catálogo.")
    if fila.convocatoria_id is None:
        return _("Para todos los procesos de la entidad.")
    return sesion.get_one(Convocatoria, fila.convocatoria_id).titulo


def _avisar(sesion: Session, fila: Designacion, asunto: str, cuerpo: str) -> None:
    notificar(
        sesion,
        fila.persona_id,
        asunto.format(nombre_de_papel(fila.papel)),
        cuerpo,
        _enlace(fila),
        clase=AVISO_PAPEL,
        unidad_id=fila.unidad_id,
    )


@al_ocurrir(eventos.PAPEL_DESIGNADO, consumidor="feria.avisar_papel")
def avisar_papel(sesion: Session, evento: EventoRecibido) -> None:
    fila = designacion_por_id(sesion, evento.objeto_id)
    if fila.cesada_en is None:
        _avisar(sesion, fila, _("Le nombraron: {}"), _de_que(sesion, fila))


@al_ocurrir(eventos.PAPEL_CESADO, consumidor="feria.avisar_cese")
def avisar_cese(sesion: Session, evento: EventoRecibido) -> None:
    """The person; and the entity, whose process may be left without anybody in that role."""
    fila = designacion_por_id(sesion, evento.objeto_id)
    cuerpo = _("{que} Motivo: {motivo}").format(que=_de_que(sesion, fila), motivo=fila.motivo_cese)
    _avisar(sesion, fila, _("Ya no es: {}"), cuerpo)
    notificar_unidad(
        sesion,
        fila.unidad_id,
        _("Cesó: {}").format(nombre_de_papel(fila.papel)),
        _("{quien}. {cuerpo} Si hace falta, nombre a otra persona.").format(
            quien=evento.datos["persona"], cuerpo=cuerpo
        ),
        _donde_se_nombra(fila),
        clase=AVISO_PAPEL,
    )


@al_ocurrir(eventos.EXCUSA_PRESENTADA, consumidor="feria.avisar_excusa")
def avisar_excusa(sesion: Session, evento: EventoRecibido) -> None:
    """Who answers it, until when; and who was recused by somebody else."""
    excusa = excusa_por_id(sesion, evento.objeto_id)
    fila = designacion_por_id(sesion, excusa.designacion_id)
    if excusa.estado != EstadoExcusa.PRESENTADA:
        return
    cuerpo = _("{motivo} Se responde hasta el {dia}.").format(
        motivo=excusa.motivo, dia=filtro_fecha_hora(excusa.resolver_hasta)
    )
    if excusa.unidad_id is not None:
        _avisar(sesion, fila, _("Le recusaron: {}"), cuerpo)
    if excusa.su_propio_caso:
        cuerpo += " " + _("Hoy nadie más puede responderla: dé a otra persona el mandato para administrar.")
    notificar_unidad(
        sesion,
        fila.unidad_id,
        _("Resuelva una excusa o recusación: {}").format(nombre_de_papel(fila.papel)),
        cuerpo,
        _donde_se_nombra(fila),
        clase=AVISO_PAPEL,
    )


@al_ocurrir(eventos.EXCUSA_RESUELTA, consumidor="feria.avisar_excusa_resuelta")
def avisar_resolucion_de_excusa(sesion: Session, evento: EventoRecibido) -> None:
    excusa = excusa_por_id(sesion, evento.objeto_id)
    fila = designacion_por_id(sesion, excusa.designacion_id)
    cuerpo = _("{como}. {por_que}").format(como=nombre_de_excusa(excusa.estado), por_que=excusa.fundamento)
    _avisar(sesion, fila, _("Respondieron una excusa o recusación: {}"), cuerpo)
    if excusa.unidad_id is not None:
        notificar_unidad(
            sesion,
            excusa.unidad_id,
            _("Respondieron su recusación"),
            cuerpo,
            _enlace(fila),
            clase=AVISO_PAPEL,
        )
