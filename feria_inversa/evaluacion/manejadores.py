"""The bidders learn what their bids lack, and what was decided."""

from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import notificar_unidad
from feria_inversa.actos import EVALUACION, actas_de_clase
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.calificaciones import Calificacion
from feria_inversa.evaluacion.consultas import adjudicaciones_de
from feria_inversa.evaluacion.informes import informe_de
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import oferentes_de, ofertas_abiertas
from feria_inversa.procesos import AVISO_ACTO, Estado, cuenta_para_impugnar, items_de
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.eventos import EventoRecibido, al_ocurrir
from nucleo.plantillas import filtro_fecha, filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _
from nucleo.textos import ngettext


@al_ocurrir(eventos.OFERTAS_POR_SUBSANAR, consumidor="feria.avisar_por_subsanar")
def avisar_por_subsanar(sesion: Session, evento: EventoRecibido) -> None:
    """Each bidder learns once what their bid lacks, and until when it is waited for: as the last
    qualification has it, while that term runs. What a later one has to tell, its own notice tells.
    """
    actas = actas_de_clase(sesion, evento.objeto_id, EVALUACION)
    *previas, esta = (Calificacion.leer(a) for a in actas if a.numero <= evento.datos["acta"])
    ultima = Calificacion.leer(actas[-1])
    if ultima.subsanar_hasta is None or ultima.subsanar_hasta <= ahora_bd(sesion):
        return
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    suyas = {abierta.oferta.id: abierta.proveedor.id for abierta in ofertas_abiertas(sesion, convocatoria)}
    por_decir = esta.por_decir(previas[-1] if previas else None) - ultima.por_decir(esta)
    for oferta_id in sorted(por_decir & ultima.por_subsanar.keys()):
        notificar_unidad(
            sesion,
            suyas[oferta_id],
            _("A su oferta le falta algo: {}").format(convocatoria.titulo),
            _("Entréguelo a la entidad hasta el {hasta}: {que}.").format(
                hasta=filtro_fecha_hora(ultima.subsanar_hasta),
                que="; ".join(ultima.por_subsanar[oferta_id]),
            ),
            f"/feria/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.ITEMS_ADJUDICADOS, consumidor="feria.avisar_resultado")
def avisar_resultado(sesion: Session, evento: EventoRecibido) -> None:
    """Each bidder learns which items it won, or that it won none."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    numeros = {item.id: item.numero for item in items_de(sesion, convocatoria.id)}
    decisiones = adjudicaciones_de(sesion, convocatoria.id).values()
    computo = cuenta_para_impugnar(sesion, convocatoria)
    for unidad_id in oferentes_de(sesion, convocatoria.id):
        ganados = sorted(numeros[d.item_id] for d in decisiones if d.proveedor_id == unidad_id)
        if ganados:
            asunto = _("Ganó en «{}»").format(convocatoria.titulo)
            cuerpo = ngettext("Ítem adjudicado: {}.", "Ítems adjudicados: {}.", len(ganados)).format(
                ", ".join(str(numero) for numero in ganados)
            )
        else:
            asunto = _("Resultado de «{}»").format(convocatoria.titulo)
            cuerpo = _("Esta vez no se le adjudicó ningún ítem. Los motivos son públicos.")
        if computo is not None:
            hasta = filtro_fecha(computo.ultimo_dia)
            cuerpo += " " + _("La decisión se puede impugnar hasta el {}.").format(hasta)
        notificar_unidad(sesion, unidad_id, asunto, cuerpo, f"/feria/{convocatoria.id}", clase=AVISO_ACTO)


@al_ocurrir(eventos.ADJUDICACION_SIN_EFECTO, consumidor="feria.avisar_sin_efecto")
def avisar_sin_efecto(sesion: Session, evento: EventoRecibido) -> None:
    """Who had won the item learns that it did not stay so, and why."""
    caida = sesion.get_one(Adjudicacion, evento.objeto_id)
    convocatoria = sesion.get_one(Convocatoria, caida.convocatoria_id)
    notificar_unidad(
        sesion,
        UUID(str(evento.datos["proveedor_id"])),
        _("Quedó sin efecto una adjudicación: {}").format(convocatoria.titulo),
        _("Ítem {numero}. Motivo: {motivo}").format(
            numero=sesion.get_one(Item, caida.item_id).numero, motivo=caida.motivo
        ),
        f"/feria/{convocatoria.id}",
        clase=AVISO_ACTO,
    )


@al_ocurrir(eventos.INFORME_FIRMADO, consumidor="feria.avisar_informe")
def avisar_informe(sesion: Session, evento: EventoRecibido) -> None:
    """Who decides learns that the report is there."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado == Estado.EVALUACION:
        notificar_unidad(
            sesion,
            convocatoria.unidad_id,
            _("Ya se puede decidir: {}").format(convocatoria.titulo),
            _("Quienes evalúan firmaron su informe, el acta {}.").format(evento.datos["acta"]),
            f"/compras/{convocatoria.id}",
            clase=AVISO_ACTO,
        )


@al_ocurrir(eventos.INFORME_SIN_FIRMAR, consumidor="feria.avisar_informe_sin_firmar")
def avisar_informe_sin_firmar(sesion: Session, evento: EventoRecibido) -> None:
    """While that report is still missing; not of one that waited beside another, nor of what was decided."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    falta = convocatoria.estado == Estado.EVALUACION and informe_de(sesion, convocatoria) is None
    if not falta or evento.datos.get("vez") != convocatoria.resoluciones + 1:
        return
    motivo = str(evento.datos["motivo"]) or _("No se reunieron las firmas.")
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("El informe de evaluación no se firmó: {}").format(convocatoria.titulo),
        _("{} Quienes evalúan pueden escribirlo de nuevo.").format(motivo),
        f"/compras/{convocatoria.id}",
        clase=AVISO_ACTO,
    )


@al_ocurrir(eventos.TECNICA_SIN_FIRMAR, consumidor="feria.avisar_tecnica_sin_firmar")
def avisar_tecnica_sin_firmar(sesion: Session, evento: EventoRecibido) -> None:
    """While it is still to be qualified: with time it is annulled."""
    convocatoria = sesion.get_one(Convocatoria, evento.objeto_id)
    if convocatoria.estado != Estado.EVALUACION_TECNICA:
        return
    motivo = str(evento.datos["motivo"]) or _("No se reunieron las firmas.")
    notificar_unidad(
        sesion,
        convocatoria.unidad_id,
        _("La calificación técnica no se firmó: {}").format(convocatoria.titulo),
        _("{motivo} Quienes evalúan pueden escribirla de nuevo hasta el {dia}.").format(
            motivo=motivo, dia=filtro_fecha_hora(convocatoria.sigue_en)
        ),
        f"/compras/{convocatoria.id}",
        clase=AVISO_ACTO,
    )
