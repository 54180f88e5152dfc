"""The decision: every item awarded to one bid or declared desierto."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from moneyed import Money
from sqlmodel import Session, col, distinct, func, select

from empresa_digital.registro import (
    Compromiso,
    Facultad,
    devolver_compromiso,
    exigir_facultad,
    unidad_por_id,
    usar_mandato,
)
from feria_inversa.actos import publicar_acto
from feria_inversa.designaciones import resolver_vencidas
from feria_inversa.entidades import ProveedorNoHabilitado, exigir_sin_conflicto_al_decidir
from feria_inversa.evaluacion import eventos
from feria_inversa.evaluacion.a_ciegas import decidir_de_rotulos, publicar_nombres
from feria_inversa.evaluacion.acta import levantar_adjudicacion
from feria_inversa.evaluacion.calificaciones import Calificacion, calificacion_de
from feria_inversa.evaluacion.causas import CAUSAS_DE_DESIERTA, CausaDesierta
from feria_inversa.evaluacion.certificado import en_total, exigir_certificado
from feria_inversa.evaluacion.consultas import (
    GrupoComparado,
    PropuestaComparada,
    comparar_grupos,
)
from feria_inversa.evaluacion.desempate import desempate
from feria_inversa.evaluacion.desierta import corresponde, se_explica
from feria_inversa.evaluacion.errores import SobreLaReferencia
from feria_inversa.evaluacion.esquemas import DecisionEntrada
from feria_inversa.evaluacion.informes import exigir_informe
from feria_inversa.evaluacion.modelos import Adjudicacion
from feria_inversa.ofertas import oferentes_de, rotulos
from feria_inversa.papeles import DECIDIR, exigir_papel
from feria_inversa.precios import sumar
from feria_inversa.procesos import (
    DESHECHAS,
    MOTIVO_MINIMO,
    OBJETO,
    Estado,
    EstadoItem,
    EstadoNoPermite,
    FaltaMotivo,
    Forma,
    Grupo,
    acto_de_resolucion,
    bloquear,
    bloquear_publica,
    como_esta,
    exigir_en_termino,
    exigir_motivo,
    grupos_de,
    nombre_estado,
    oculta_nombres,
    pasar,
    poner_plazo,
)
from feria_inversa.procesos.modelos import Convocatoria, Item
from nucleo.actor import Actor, Autorizacion
from nucleo.actos import FaltanFirmas
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos
from nucleo.eventos import Noticia, publicar, publicar_varias
from nucleo.ids import nuevo_id
from nucleo.plantillas import filtro_fecha_hora
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _


def adjudicar(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    decisiones: Sequence[DecisionEntrada],
    decide: Actor | None = None,
) -> list[Adjudicacion]:
    """Decide every item of a call under evaluation that waits for it, all at once.

    An item goes to one bid, never above its reference, nor to who may not contract, nor to one that lost
    it; or it is declared desierto. Of what is awarded at once (a lot, all) one item says it for all. A
    reason is required unless it goes to the one that comes first: by the qualification, or the lowest total.
    Where the process named its budget certificate, no more is awarded than is left of it.
    Raises `EstadoNoPermite`, `FaltaMotivo`, `SobreLaReferencia`, `ProveedorNoHabilitado`, `DatosInvalidos`,
    `ConflictoDeInteres`, `CertificadoNoAlcanza`, and the registry's `MontoExcedido` when the total is over
    the evaluator's mandate.
    `decide`: whose role it is, when others sign too. `FaltanFirmas` comes last, of what could be awarded.
    """
    convocatoria = bloquear_publica(sesion, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR, con_otros=True)
    resolver_vencidas(sesion, convocatoria_id)
    exigir_papel(sesion, actor if decide is None else decide, convocatoria, DECIDIR)
    exigir_en_evaluacion(convocatoria)
    elegidas = {(d.item_id, d.oferta_id) for d in decisiones}
    calificacion, comparados = _comparar(sesion, convocatoria)
    total = sumar(
        propuesta.total
        for comparado in comparados
        for propuesta in comparado.propuestas
        if any((item.id, propuesta.oferta.id) in elegidas for item in comparado.grupo.items)
    )
    try:
        autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.EVALUAR, total)
    except FaltanFirmas:
        exigir_informe(sesion, convocatoria, decisiones)
        exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
        juzgar(sesion, convocatoria, decisiones)
        raise
    return _adjudicar(sesion, autorizacion, convocatoria, decisiones, calificacion, comparados)


def exigir_en_evaluacion(convocatoria: Convocatoria) -> None:
    """Raise `EstadoNoPermite` unless a process waits for its decision."""
    if convocatoria.estado != Estado.EVALUACION:
        raise EstadoNoPermite(
            _("La convocatoria está «{}»: solo se adjudica lo que está en evaluación.").format(
                nombre_estado(como_esta(convocatoria)).lower()
            )
        )


def adjudicar_con(
    sesion: Session, autorizacion: Autorizacion, convocatoria_id: UUID, decisiones: Sequence[DecisionEntrada]
) -> list[Adjudicacion]:
    """`adjudicar` for a caller that already holds the authority."""
    convocatoria = bloquear(sesion, convocatoria_id)
    exigir_en_evaluacion(convocatoria)
    calificacion, comparados = _comparar(sesion, convocatoria)
    return _adjudicar(sesion, autorizacion, convocatoria, decisiones, calificacion, comparados)


def _adjudicar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    decisiones: Sequence[DecisionEntrada],
    calificacion: Calificacion | None,
    comparados: Sequence[GrupoComparado],
) -> list[Adjudicacion]:
    """The act, on a locked call under evaluation."""
    actor, convocatoria_id = autorizacion.actor, convocatoria.id
    instante = ahora_bd(sesion)
    if actor.tipo != "sistema":
        exigir_en_termino(convocatoria, instante)
        exigir_informe(sesion, convocatoria, decisiones)
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria_id))
    filas = _decidir(sesion, convocatoria, decisiones, calificacion, comparados, actor, instante)
    adjudicadas = [fila for fila in filas if fila.resultado == EstadoItem.ADJUDICADO]
    total = sumar(fila.total for fila in adjudicadas if fila.total is not None)
    acto = acto_de_resolucion(convocatoria_id, convocatoria.resoluciones + 1)
    usar_mandato(sesion, autorizacion, Compromiso.ADJUDICACION, acto, total)
    dicen = rotulos(sesion, convocatoria)
    decidida = (
        decidir_de_rotulos(sesion, convocatoria, filas, comparados, dicen, actor.nombre, instante)
        if oculta_nombres(convocatoria)
        else None
    )
    sesion.add_all(filas)
    sesion.flush()
    if decidida is not None:
        publicar_nombres(sesion, convocatoria, decidida, dicen, actor.nombre, instante)
    entidad = unidad_por_id(sesion, convocatoria.unidad_id)
    levantar_adjudicacion(sesion, convocatoria, entidad, filas, comparados, actor.nombre, instante)
    _contar_adjudicados(sesion, convocatoria)
    convocatoria.resuelto_en = instante
    pasar(convocatoria, Estado.RESUELTO)
    etiquetas = ["award"] if adjudicadas else ["tenderUpdate", "award"]
    if convocatoria.resoluciones:
        etiquetas = ["awardUpdate"]
    convocatoria.resoluciones += 1
    poner_plazo(sesion, convocatoria, instante, entidad.municipio_ine)
    sesion.flush()
    publicar_acto(sesion, convocatoria.id, etiquetas, instante)
    hechos = {"adjudicados": len(adjudicadas), "desiertos": len(filas) - len(adjudicadas)}
    publicar(sesion, eventos.ITEMS_ADJUDICADOS, convocatoria_id, hechos, actor)
    datos = {**hechos, "total_centavos": a_centavos(total)}
    auditar(sesion, autorizacion, "convocatoria.adjudicar", OBJETO, convocatoria_id, datos)
    sesion.flush()
    return filas


def juzgar(
    sesion: Session, convocatoria: Convocatoria, decisiones: Sequence[DecisionEntrada]
) -> list[GrupoComparado]:
    """Raise what `adjudicar` would of the same decisions on a locked call; what was compared."""
    calificacion, comparados = _comparar(sesion, convocatoria)
    sistema = Actor.sistema("evaluación")
    _decidir(sesion, convocatoria, decisiones, calificacion, comparados, sistema, ahora_bd(sesion))
    return comparados


def _comparar(
    sesion: Session, convocatoria: Convocatoria
) -> tuple[Calificacion | None, list[GrupoComparado]]:
    """The last qualification, and what is awarded at once by it."""
    calificacion = calificacion_de(sesion, convocatoria.id)
    return calificacion, comparar_grupos(sesion, convocatoria, calificacion or Calificacion({}, {}))


def _contar_adjudicados(sesion: Session, convocatoria: Convocatoria) -> None:
    """A trigger gave each item the state of its last decision: read again."""
    consulta = select(Item).where(Item.convocatoria_id == convocatoria.id)
    items = sesion.exec(consulta, execution_options={"populate_existing": True})
    convocatoria.items_adjudicados = sum(item.estado == EstadoItem.ADJUDICADO for item in items)


def _decidir(
    sesion: Session,
    convocatoria: Convocatoria,
    decisiones: Sequence[DecisionEntrada],
    calificacion: Calificacion | None,
    comparados: Sequence[GrupoComparado],
    actor: Actor,
    instante: datetime,
) -> list[Adjudicacion]:
    """The rows of the decisions: one for each item, alike those of what is awarded at once."""
    esperan = [c for c in comparados if c.grupo.por_decidir]
    de_item = {item.id: comparado for comparado in esperan for item in comparado.grupo.items}
    dichos = [de_item[d.item_id].grupo.primero.id for d in decisiones if d.item_id in de_item]
    if len(dichos) != len(decisiones) or sorted(dichos) != sorted(c.grupo.primero.id for c in esperan):
        detalle = _("Decida todos los ítems que esperan decisión, cada uno una sola vez.")
        if convocatoria.adjudica_por != Forma.ITEM:
            detalle = _("Decida todo lo que espera: cada lote, o el total, por uno de sus ítems.")
        raise DatosInvalidos(detalle, campos={"decisiones": detalle})
    vigentes = comparados[0].vigentes if comparados else {}
    _exigir_que_se_espero(calificacion, instante)
    faltas: dict[str, tuple[type[DatosInvalidos], str]] = {}
    filas: list[Adjudicacion] = []
    for lugar, decision in enumerate(decisiones):
        comparado = de_item[decision.item_id]
        elegida = next((p for p in comparado.propuestas if p.oferta.id == decision.oferta_id), None)
        if decision.oferta_id is not None and (falta := _reparo(comparado.grupo, elegida)):
            faltas[f"decisiones.{lugar}.oferta_id"] = falta
            continue
        causa = decision.causa or (CausaDesierta.OTRA if elegida is None else None)
        if causa is not None and (elegida is not None or not corresponde(causa, comparado)):
            faltas[f"decisiones.{lugar}.causa"] = DatosInvalidos, _falta_causa(comparado.grupo, elegida)
            continue
        dicho = decision.motivo.strip()
        if not dicho and causa is not None and not se_explica(causa, comparado):
            dicho = str(CAUSAS_DE_DESIERTA[causa])
        motivo = _motivo(comparado, elegida, dicho, calificacion)
        if motivo is None:
            sin = _por_subsanar(calificacion, elegida)
            faltas[f"decisiones.{lugar}.motivo"] = FaltaMotivo, _falta_motivo(comparado.grupo, elegida, sin)
            continue
        filas += [
            _fila(convocatoria.id, item, elegida, vigentes.get(item.id), causa, motivo, actor, instante)
            for item in comparado.grupo.items
        ]
    if faltas:
        clases = {clase for clase, _detalle in faltas.values()}
        campos = {campo: detalle for campo, (_clase, detalle) in faltas.items()}
        raise (clases.pop() if len(clases) == 1 else DatosInvalidos)(" ".join(campos.values()), campos=campos)
    if any(fila.total is not None for fila in filas):
        quedan = {
            **vigentes,
            **{fila.item_id: fila for fila in filas},
        }  # what they do not touch stays awarded
        exigir_certificado(sesion, convocatoria.id, en_total(list(quedan.values())))
    return filas


def _exigir_que_se_espero(calificacion: Calificacion | None, instante: datetime) -> None:
    """Raise `EstadoNoPermite` while bidders may bring what they were told that is missing."""
    hasta = None if calificacion is None else calificacion.subsanar_hasta
    if hasta is not None and instante < hasta:
        raise EstadoNoPermite(
            _(
                "Se espera hasta el {} lo que falta a las ofertas. Si ya lo trajeron, califíquelas otra vez."
            ).format(filtro_fecha_hora(hasta))
        )


def _por_subsanar(calificacion: Calificacion | None, elegida: PropuestaComparada | None) -> list[str]:
    if calificacion is None or elegida is None:
        return []
    return calificacion.por_subsanar.get(elegida.oferta.id, [])


def _motivo(
    comparado: GrupoComparado,
    elegida: PropuestaComparada | None,
    dicho: str,
    calificacion: Calificacion | None,
) -> str | None:
    """The reason of a decision as it will be read; None when it lacks one.

    What comes first needs none: by the qualification, or the lowest price, of equal ones the earliest; unless
    it still lacks what it could mend.
    """
    if len(dicho) >= MOTIVO_MINIMO:
        return dicho
    if elegida is None or elegida is not next((p for p in comparado.propuestas if p.adjudicable), None):
        return None
    if _por_subsanar(calificacion, elegida):
        return None
    if calificacion is not None:
        primera = _("Es la primera según la calificación de las ofertas, acta {}.").format(
            calificacion.numero
        )
        return f"{primera} {desempate(comparado)}".strip()
    return (desempate(comparado) or dicho) if elegida.es_menor else None


def _reparo(grupo: Grupo, elegida: PropuestaComparada | None) -> tuple[type[DatosInvalidos], str] | None:
    """Why it may not go to a bid: none for all of it, dearer than what was asked for (a cause of rejection),
    one that won it and fell, one that was left out, or of who may not contract today.
    """
    if elegida is None or not elegida.entera:
        if grupo.forma == Forma.ITEM:
            return DatosInvalidos, _("Esa oferta no cotiza el ítem {}.").format(grupo.primero.numero)
        return DatosInvalidos, _("{}: esa oferta no cotiza todos sus ítems.").format(grupo.nombre)
    if elegida.causa is not None:
        return DatosInvalidos, _("{}: la calificación dejó fuera esa oferta.").format(grupo.nombre)
    if elegida.supera_referencia:
        detalle = _("{}: esa oferta supera el precio referencial. Elija otra o declárelo desierto.")
        return SobreLaReferencia, detalle.format(grupo.nombre)
    if elegida.cayo:
        detalle = _("{}: esa oferta ya lo ganó y quedó sin efecto. Elija otra o declárelo desierto.")
        return DatosInvalidos, detalle.format(grupo.nombre)
    if not elegida.habilitado:
        detalle = _("{}: ese proveedor hoy no está habilitado. Elija otra oferta o declárelo desierto.")
        return ProveedorNoHabilitado, detalle.format(grupo.nombre)
    if not elegida.adjudicable:
        detalle = _("{}: falta evaluar esa oferta, o no llega al mínimo técnico.")
        return DatosInvalidos, detalle.format(grupo.nombre)
    return None


def _fila(
    convocatoria_id: UUID,
    item: Item,
    elegida: PropuestaComparada | None,
    vigente: Adjudicacion | None,
    causa: CausaDesierta | None,
    motivo: str,
    actor: Actor,
    instante: datetime,
) -> Adjudicacion:
    linea = next((li for li in elegida.lineas if li.item_id == item.id), None) if elegida else None
    return Adjudicacion(
        id=nuevo_id(),
        convocatoria_id=convocatoria_id,
        item_id=item.id,
        resultado=EstadoItem.ADJUDICADO if elegida else EstadoItem.DESIERTO,
        reemplaza_a=vigente.id if vigente else None,
        oferta_linea_id=linea.id if linea else None,
        proveedor_id=elegida.proveedor.id if elegida else None,
        total=linea.total if linea else None,
        es_menor_precio=elegida is not None and elegida.es_menor,
        causa=causa,
        motivo=motivo.strip(),
        decidida_en=instante,
        decidida_por=actor.nombre,
    )


def _falta_causa(grupo: Grupo, elegida: PropuestaComparada | None) -> str:
    if elegida is not None:
        return _("{}: la causa es de lo que queda desierto, y usted eligió una oferta.").format(grupo.nombre)
    detalle = _("{}: las ofertas no dicen esa causa. Elija la que corresponde, u «otra» y explíquela.")
    return detalle.format(grupo.nombre)


def _falta_motivo(grupo: Grupo, elegida: PropuestaComparada | None, sin: Sequence[str]) -> str:
    if elegida is None:
        caso = _("{}: explique por qué lo declara desierto.")
    elif sin:
        return _("{}: explique por qué elige esa oferta si le falta: {}.").format(
            grupo.nombre, "; ".join(sin)
        )
    else:
        caso = _("{}: explique por qué no elige la que sale primera.")
    return caso.format(grupo.nombre)


def anular_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    vigentes: Sequence[Adjudicacion],
    caida: EstadoItem,
    motivo: str,
) -> Adjudicacion:
    """The entity lets what a locked call awarded at once fall, for a public reason.

    The row of its first item. Raises `FaltaMotivo`, `ConflictoDeInteres`.
    """
    actor = autorizacion.actor
    exigir_sin_conflicto_al_decidir(sesion, actor, oferentes_de(sesion, convocatoria.id))
    motivo = exigir_motivo(motivo)
    fila = hacer_caer(sesion, convocatoria, vigentes, caida, motivo, actor.nombre)[0]
    publicar_acto(sesion, convocatoria.id, ["awardCancellation"], fila.decidida_en)
    (hechos,) = avisar_caidas(sesion, [fila], actor)
    datos = {**hechos, "caida": str(caida), "motivo": motivo}
    auditar(sesion, autorizacion, "convocatoria.dejar_sin_efecto", OBJETO, convocatoria.id, datos)
    sesion.flush()
    return fila


def avisar_caidas(sesion: Session, caidas: Sequence[Adjudicacion], actor: Actor) -> list[dict[str, str]]:
    """Who had won each item is told that its award fell; the facts that are told."""
    ids = [caida.reemplaza_a for caida in caidas]
    vigentes = {v.id: v for v in sesion.exec(select(Adjudicacion).where(col(Adjudicacion.id).in_(ids)))}
    hechos = [
        {"proveedor_id": str(vigentes[id_].proveedor_id), "item_id": str(vigentes[id_].item_id)}
        for id_ in ids
        if id_ is not None
    ]
    dichas = zip(caidas, hechos, strict=True)
    noticias = [Noticia(eventos.ADJUDICACION_SIN_EFECTO, caida.id, dicho) for caida, dicho in dichas]
    publicar_varias(sesion, noticias, actor)
    return hechos


def decidir_por_reloj(sesion: Session, convocatoria_id: UUID) -> bool:
    """What nobody decided while the bids held is desierto; False when there is nothing to do."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado != Estado.EVALUACION:
        return False
    assert convocatoria.sigue_en is not None
    if ahora_bd(sesion) < convocatoria.sigue_en:
        return False
    motivo = _("Nadie decidió el ítem mientras valían las ofertas.")
    decisiones = [
        DecisionEntrada(item_id=grupo.primero.id, oferta_id=None, motivo=motivo)
        for grupo in grupos_de(sesion, convocatoria)
        if grupo.por_decidir
    ]
    sistema = Autorizacion.propia(Actor.sistema("plazo para decidir"))
    adjudicar_con(sesion, sistema, convocatoria_id, decisiones)
    return True


def hacer_caer(
    sesion: Session,
    convocatoria: Convocatoria,
    vigentes: Sequence[Adjudicacion],
    caida: EstadoItem,
    motivo: str,
    quien: str,
) -> list[Adjudicacion]:
    """Awards in force of a locked call fall (by an appeal, any decision), and their items wait again.

    The mandates by which they were awarded have their amounts back. The caller publishes and audits.
    """
    assert caida in DESHECHAS
    caen = {EstadoItem.ADJUDICADO} | ({EstadoItem.DESIERTO} if caida == EstadoItem.REVOCADO else set())
    assert all(vigente.resultado in caen for vigente in vigentes)
    instante = ahora_bd(sesion)
    filas = [
        Adjudicacion(
            id=nuevo_id(),
            convocatoria_id=convocatoria.id,
            item_id=vigente.item_id,
            resultado=caida,
            es_menor_precio=False,
            motivo=motivo,
            decidida_en=instante,
            decidida_por=quien,
            reemplaza_a=vigente.id,
        )
        for vigente in vigentes
    ]
    sesion.add_all(filas)
    sesion.flush()
    por_resolucion: dict[datetime, list[Money]] = defaultdict(list)
    for vigente in vigentes:
        if vigente.total is not None:
            por_resolucion[vigente.decidida_en].append(vigente.total)
    for decidida_en, totales in por_resolucion.items():
        devolver_compromiso(sesion, _acto_de(sesion, convocatoria.id, decidida_en), sumar(totales))
    if convocatoria.estado == Estado.RESUELTO:
        pasar(convocatoria, Estado.EVALUACION)
    poner_plazo(sesion, convocatoria, instante)
    _contar_adjudicados(sesion, convocatoria)
    sesion.flush()
    return filas


def _acto_de(sesion: Session, convocatoria_id: UUID, decidida_en: datetime) -> UUID:
    """By which act a mandate knows an award: its resolution's, whose rows are all of one instant."""
    consulta = select(func.count(distinct(col(Adjudicacion.decidida_en)))).where(
        Adjudicacion.convocatoria_id == convocatoria_id,
        col(Adjudicacion.resultado).not_in(DESHECHAS),
        col(Adjudicacion.decidida_en) <= decidida_en,
    )
    return acto_de_resolucion(convocatoria_id, sesion.exec(consulta).one())
