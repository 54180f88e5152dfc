"""Who evaluates writes what they found of each bid: an act, upon which the decision stands."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlmodel import Session

from empresa_digital.registro import Facultad, exigir_facultad
from feria_inversa.actos import EVALUACION, levantar, publicar_acto
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.documentos import pedidos_de
from feria_inversa.entidades import exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.calificaciones import Calificacion, Revisada, calificacion_de
from feria_inversa.evaluacion.consultas import GrupoComparado, PropuestaComparada, comparar_grupos
from feria_inversa.evaluacion.desempate import desempate
from feria_inversa.evaluacion.esquemas import CalificacionEntrada, RevisadaEntrada
from feria_inversa.evaluacion.informes import informe_de
from feria_inversa.evaluacion.tecnica import puntos_dados
from feria_inversa.evaluacion.verificacion import con_lo_que_falta, verificar_documentos
from feria_inversa.ofertas import OfertaConLineas, oferentes_de, ofertas_abiertas
from feria_inversa.papeles import CALIFICAR, exigir_papel
from feria_inversa.precios import exacto
from feria_inversa.procesos import (
    MOTIVO_MINIMO,
    OBJETO,
    Estado,
    EstadoNoPermite,
    Metodo,
    bloquear_publica,
    exigir_en_termino,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.reglas import margenes_vigentes
from nucleo.actor import Actor
from nucleo.auditoria import auditar
from nucleo.errores import DatosInvalidos
from nucleo.eventos import publicar
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _


def calificar(
    sesion: Session, actor: Actor, convocatoria_id: UUID, datos: CalificacionEntrada
) -> Calificacion:
    """Say of each bid whether it stays in the comparison, with which margins, and its technical points.

    The last one counts, until a report is signed upon it. Who lacks what may be mended is told until when.
    Raises `EstadoNoPermite`, `ConflictoDeInteres`, `DatosInvalidos`.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor, convocatoria, CALIFICAR)
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(_("Las ofertas se califican mientras la convocatoria está en evaluación."))
    instante = ahora_bd(sesion)
    exigir_en_termino(convocatoria, instante)
    if informe_de(sesion, convocatoria) is not None:
        raise EstadoNoPermite(_("El informe de evaluación ya está firmado: la calificación ya no cambia."))
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    ofertas = ofertas_abiertas(sesion, convocatoria)
    revisadas = _revisadas(sesion, convocatoria, ofertas, datos.revisadas)
    puntos = _puntos(sesion, convocatoria, ofertas, revisadas, datos)
    previa = calificacion_de(sesion, convocatoria_id)
    calificacion = _con_plazo(
        convocatoria, Calificacion(revisadas, puntos), previa, datos.subsanar_hasta, instante
    )
    dicho = _dicho(sesion, convocatoria, ofertas, calificacion)
    acta = levantar(sesion, convocatoria_id, EVALUACION, dicho, actor.nombre, instante)
    convocatoria.version += 1
    sesion.flush()
    publicar_acto(sesion, convocatoria_id, ["tenderUpdate"], instante)
    hechos = {"acta": acta.numero, "rechazadas": sum(r.causa is not None for r in revisadas.values())}
    if calificacion.por_decir(previa):
        publicar(sesion, eventos.OFERTAS_POR_SUBSANAR, convocatoria_id, {"acta": acta.numero}, autorizacion)
    auditar(sesion, autorizacion, "convocatoria.evaluar", OBJETO, convocatoria_id, hechos)
    sesion.flush()
    return Calificacion.leer(acta)


def _revisadas(
    sesion: Session,
    convocatoria: Convocatoria,
    ofertas: Sequence[OfertaConLineas],
    dichas: Sequence[RevisadaEntrada],
) -> dict[UUID, Revisada]:
    """Each bid once; a cause goes with its reason, a margin is of those of the day of publication."""
    if sorted(r.oferta_id for r in dichas) != sorted(abierta.oferta.id for abierta in ofertas):
        detalle = _("Revise todas las ofertas, cada una una sola vez.")
        raise DatosInvalidos(detalle, campos={"revisadas": detalle})
    assert convocatoria.publicado_en is not None
    vigentes = {m.codigo: m for m in margenes_vigentes(sesion, fecha_bolivia(convocatoria.publicado_en))}
    pedidos = pedidos_de(sesion, convocatoria.id)
    campos: dict[str, str] = {}
    revisadas: dict[UUID, Revisada] = {}
    for n, sin_verificar in enumerate(dichas):
        verificados, fallo = verificar_documentos(pedidos, sin_verificar)
        if fallo:
            campos[f"revisadas.{n}.documentos"] = fallo
        dicha = con_lo_que_falta(sin_verificar, verificados)
        if dicha.causa is not None and len(dicha.explicacion) < MOTIVO_MINIMO:
            campos[f"revisadas.{n}.explicacion"] = _(
                "Explique la causa con al menos 10 letras: será pública."
            )
        margenes = [vigentes[codigo] for codigo in dicha.margenes if codigo in vigentes]
        if len(margenes) != len(dicha.margenes) or len({m.clase for m in margenes}) != len(margenes):
            campos[f"revisadas.{n}.margenes"] = _("Elija márgenes vigentes, a lo más uno de cada clase.")
        revisadas[dicha.oferta_id] = Revisada(
            dicha.causa, dicha.explicacion, tuple(margenes), tuple(verificados)
        )
    if campos:
        raise DatosInvalidos(" ".join(campos.values()), campos=campos)
    return revisadas


def _puntos(
    sesion: Session,
    convocatoria: Convocatoria,
    ofertas: Sequence[OfertaConLineas],
    revisadas: dict[UUID, Revisada],
    datos: CalificacionEntrada,
) -> dict[tuple[UUID, int], Fraction]:
    """Where quality is scored, the points of each bid that stays, for each thing that it bids for."""
    comparados = comparar_grupos(sesion, convocatoria, Calificacion(revisadas, {}), ofertas)
    numeros = {item.id: c.grupo.primero.numero for c in comparados for item in c.grupo.items}
    con_puntaje = Metodo(convocatoria.metodo).con_puntaje
    faltan = {
        (p.oferta.id, c.grupo.primero.numero)
        for c in comparados
        for p in c.propuestas
        if con_puntaje and p.entera and p.causa is None
    }
    if convocatoria.dos_sobres:
        return _los_dados(sesion, convocatoria, faltan, datos)
    puntos = {
        (p.oferta_id, numeros[p.item_id]): Fraction(p.puntos) for p in datos.puntajes if p.item_id in numeros
    }
    detalle = ""
    if len(puntos) != len(datos.puntajes) or puntos.keys() != faltan:
        detalle = _("Ponga los puntos técnicos de cada oferta que sigue, una vez por cada cosa que oferta.")
        if not con_puntaje:
            detalle = _("En esta convocatoria solo se compara el precio: no lleva puntos técnicos.")
    elif any(valor > convocatoria.puntos_tecnica for valor in puntos.values()):
        detalle = _("La propuesta técnica vale hasta {} puntos.").format(convocatoria.puntos_tecnica)
    if detalle:
        raise DatosInvalidos(detalle, campos={"puntajes": detalle})
    return puntos


def _los_dados(
    sesion: Session,
    convocatoria: Convocatoria,
    faltan: set[tuple[UUID, int]],
    datos: CalificacionEntrada,
) -> dict[tuple[UUID, int], Fraction]:
    """With two envelopes they were given before any price was known. Raises `DatosInvalidos` of others."""
    dados = puntos_dados(sesion, convocatoria)
    if any(dados.get(p.oferta_id) != Fraction(p.puntos) for p in datos.puntajes):
        detalle = _("Los puntos técnicos se pusieron antes de conocer los precios, y no cambian.")
        raise DatosInvalidos(detalle, campos={"puntajes": detalle})
    return {(oferta_id, numero): dados[oferta_id] for oferta_id, numero in faltan}


def _con_plazo(
    convocatoria: Convocatoria,
    calificacion: Calificacion,
    previa: Calificacion | None,
    hasta: datetime | None,
    instante: datetime,
) -> Calificacion:
    """The same, with the term to mend what is missing. Without one said, the one that was told holds, if
    nothing else is missing; one told is never made shorter. Raises `DatosInvalidos`.
    """
    if not calificacion.por_subsanar:
        return calificacion
    dicho = None if previa is None else previa.subsanar_hasta
    assert convocatoria.sigue_en is not None
    detalle = ""
    if hasta is None:
        ya = {} if previa is None else previa.por_subsanar
        if all(set(faltan) <= set(ya.get(id_, ())) for id_, faltan in calificacion.por_subsanar.items()):
            hasta = dicho
        if hasta is None:
            detalle = _("Diga hasta cuándo espera lo que falta y se puede subsanar.")
    elif hasta <= instante or hasta >= convocatoria.sigue_en:
        detalle = _("El plazo para subsanar es después de ahora y antes del {}.").format(
            filtro_fecha_hora(convocatoria.sigue_en)
        )
    elif dicho is not None and hasta < dicho:
        detalle = _("Ya se dijo que se espera hasta el {}: el plazo no se acorta.").format(
            filtro_fecha_hora(dicho)
        )
    if detalle:
        raise DatosInvalidos(detalle, campos={"subsanar_hasta": detalle})
    return replace(calificacion, subsanar_hasta=hasta)


def _dicho(
    sesion: Session,
    convocatoria: Convocatoria,
    ofertas: Sequence[OfertaConLineas],
    calificacion: Calificacion,
) -> dict[str, Any]:
    """What the act says: exact, each fraction as it is («80/3»)."""
    proveedores = {a.oferta.id: a.proveedor for a in ofertas}
    return {
        "cuce": convocatoria.cuce,
        "metodo": convocatoria.metodo,
        "puntos_tecnica": convocatoria.puntos_tecnica,
        "minimo_tecnica": convocatoria.minimo_tecnica,
        "formula": calificacion.formula,
        **(
            {"subsanar_hasta": calificacion.subsanar_hasta.isoformat()} if calificacion.subsanar_hasta else {}
        ),
        "ofertas": [
            {
                "oferta": str(oferta_id),
                "proveedor": proveedores[oferta_id].denominacion,
                "registro": proveedores[oferta_id].numero,
                "causa": revisada.causa,
                "explicacion": revisada.explicacion,
                "margenes": [asdict(margen) for margen in revisada.margenes],
                **({"documentos": [asdict(d) for d in revisada.documentos]} if revisada.documentos else {}),
            }
            for oferta_id, revisada in calificacion.revisadas.items()
        ],
        "grupos": [_grupo(c) for c in comparar_grupos(sesion, convocatoria, calificacion, ofertas)],
    }


def _grupo(comparado: GrupoComparado) -> dict[str, Any]:
    empate = desempate(comparado)
    return {
        "nombre": comparado.grupo.nombre,
        "item": comparado.grupo.primero.numero,
        "techo": exacto(comparado.grupo.total_referencial),
        "puestos": [_puesto(p) for p in comparado.propuestas if p.puesto is not None],
        **({"empate": empate} if empate else {}),
    }


def _puesto(propuesta: PropuestaComparada) -> dict[str, Any]:
    puesto = propuesta.puesto
    assert puesto is not None
    return {
        "oferta": str(propuesta.oferta.id),
        "precio": exacto(propuesta.total),
        "precio_evaluado": str(puesto.precio_evaluado),
        "puntos_precio": None if puesto.puntos_precio is None else str(puesto.puntos_precio),
        "puntos": None if puesto.puntos is None else str(puesto.puntos),
        "total": None if puesto.total is None else str(puesto.total),
        "lugar": puesto.lugar,
    }
