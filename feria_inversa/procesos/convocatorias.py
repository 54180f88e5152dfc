"""The entity's side until the deadline: draft, publish, cancel, and the close of reception by time.

Each use case asks the registry who may act, then hands an `Autorizacion` to its `_con` form. That form is
for a caller that already holds the authority (the demonstration, which acts in the past); every other rule
is in it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlmodel import Session, col, delete, select

from empresa_digital.registro import (
    CON_LO_SUYO,
    Compromiso,
    Facultad,
    Habilitacion,
    devolver_compromiso,
    exigir_facultad,
    exigir_habilitacion,
    unidad_por_id,
    usar_mandato,
)
from feria_inversa.actos import publicar_acto
from feria_inversa.documentos import documentos_de, quitar_todos
from feria_inversa.entidades import (
    CuceEnUso,
    CuceNoCorresponde,
    codigo_institucional,
    cuce_dado,
    entidad_contratante,
    exigir_municipio,
    nuevo_cuce,
    ocid_de,
)
from feria_inversa.llaves import llaves_al_publicar, olvidar_partes
from feria_inversa.papeles import CONDUCIR, DECIDIR, anotar_responsable, exigir_papel
from feria_inversa.plan import enlazar, exigir_en_el_plan, soltar
from feria_inversa.precios import sumar
from feria_inversa.procesos import eventos
from feria_inversa.procesos.bloqueos import bloquear
from feria_inversa.procesos.certificado import soltar_certificado
from feria_inversa.procesos.consultas import como_esta, items_de, puede_gestionar
from feria_inversa.procesos.dbc import emitir_dbc
from feria_inversa.procesos.errores import (
    ConvocatoriaIncompleta,
    ConvocatoriaNoEncontrada,
    EstadoNoPermite,
    FaltaMotivo,
)
from feria_inversa.procesos.esquemas import (
    ITEMS_MAXIMOS,
    ConvocatoriaCambio,
    ConvocatoriaEntrada,
    ItemEntrada,
)
from feria_inversa.procesos.estados import (
    POR_DECIDIR,
    PUBLICOS,
    VIDA_CONVOCATORIA,
    Cierre,
    Estado,
    Forma,
    Resultado,
)
from feria_inversa.procesos.grupos import exigir_lotes, lotes_de
from feria_inversa.procesos.items import exigir_item, exigir_lote, exigir_monto, item_de
from feria_inversa.procesos.metodo import exigir_admitido, exigir_metodo
from feria_inversa.procesos.modelos import Convocatoria, CuceDado, Item, Lote, VueltoALlamar
from feria_inversa.procesos.reloj import poner_plazo
from feria_inversa.procesos.sucesion import cuce_que_sigue, exigir_que_siga
from feria_inversa.reglas import PlazoInsuficiente, exigir_plazo, modalidad_para
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.dinero import a_centavos
from nucleo.errores import DatosInvalidos, PrecondicionFallida
from nucleo.eventos import publicar
from nucleo.ids import nuevo_id
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _

OBJETO = "feria_convocatoria"
PLAZO_MAXIMO = timedelta(days=180)
MOTIVO_MINIMO = 10


def pasar(convocatoria: Convocatoria, hacia: Estado) -> None:
    """Move a locked call one step of its life. Raises `EstadoNoPermite`."""
    VIDA_CONVOCATORIA.pasar(convocatoria, hacia)
    convocatoria.version += 1


def crear_borrador(
    sesion: Session,
    actor: Actor,
    unidad_id: UUID,
    datos: ConvocatoriaEntrada,
    items: Sequence[ItemEntrada] = (),
    id_: UUID | None = None,
    linea_de_plan: UUID | None = None,
) -> Convocatoria:
    """A draft of the entity's need, begun from a line of its plan or not; nobody else sees it. The same `id_`
    again returns the same draft. Raises `LineaNoVigente`.
    """
    autorizacion = exigir_facultad(sesion, actor, unidad_id, Facultad.COMPRAR)
    exigir_habilitacion(sesion, unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    return crear_con(sesion, autorizacion, datos, items, id_, linea_de_plan)


def crear_con(
    sesion: Session,
    autorizacion: Autorizacion,
    datos: ConvocatoriaEntrada,
    items: Sequence[ItemEntrada] = (),
    id_: UUID | None = None,
    linea_de_plan: UUID | None = None,
    anterior_id: UUID | None = None,
) -> Convocatoria:
    """`anterior_id`: the process that it follows."""
    unidad_id = autorizacion.unidad_id
    assert unidad_id is not None
    if id_ is not None and (previa := sesion.get(Convocatoria, id_)) is not None:
        if previa.unidad_id != unidad_id:
            raise DatosInvalidos(_("Ese identificador ya está en uso."), campos={"id": _("Use otro.")})
        return previa
    exigir_municipio(sesion, datos.municipio_ine)
    convocatoria = Convocatoria(
        id=id_ or nuevo_id(),
        unidad_id=unidad_id,
        convocatoria_anterior_id=anterior_id,
        **datos.model_dump(include=_CAMPOS),
    )
    exigir_metodo(convocatoria)
    sesion.add(convocatoria)
    sesion.flush()
    _poner(sesion, convocatoria, datos.lotes, items)
    if linea_de_plan is not None:
        enlazar(sesion, unidad_id, convocatoria.id, linea_de_plan)
    auditar(sesion, autorizacion, "convocatoria.crear", OBJETO, convocatoria.id, {"titulo": datos.titulo})
    sesion.flush()
    return convocatoria


_CAMPOS = set(ConvocatoriaEntrada.model_fields) - {"lotes"}


def editar_borrador(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    cambio: ConvocatoriaCambio,
    version: int | None = None,
) -> Convocatoria:
    """Change a draft. With `version`, only if nobody changed it since that version was read.

    Raises `LineaNoVigente` of a line of the plan that it had not.
    """
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_borrador(convocatoria)
    if version is not None and version != convocatoria.version:
        raise PrecondicionFallida(_("Otra persona cambió este borrador: ábralo de nuevo y repita su cambio."))
    valores = cambio.model_dump(include=_CAMPOS, exclude_none=True)
    if "municipio_ine" in valores:
        exigir_municipio(sesion, valores["municipio_ine"])
    antes = convocatoria.adjudica_por, [lote.nombre for lote in lotes_de(sesion, convocatoria_id)]
    for campo, valor in valores.items():
        setattr(convocatoria, campo, valor)
    exigir_metodo(convocatoria)
    listas = [lista for lista in ("items", "lotes") if getattr(cambio, lista) is not None]
    lotes = cambio.lotes
    if lotes is None:
        lotes = antes[1] if convocatoria.adjudica_por == Forma.LOTE else []
    if cambio.items is not None or (convocatoria.adjudica_por, lotes) != antes:
        items = cambio.items
        if items is None:  # those of a lot that is there no more are of none
            items = [
                item if (item.lote or 0) <= len(lotes) else item.model_copy(update={"lote": None})
                for item in _entradas(sesion, convocatoria_id)
            ]
        _poner(sesion, convocatoria, lotes, items)
    if "linea_de_plan" in cambio.model_fields_set:
        listas.append("linea_de_plan")
        enlazar(sesion, convocatoria.unidad_id, convocatoria_id, cambio.linea_de_plan)
    convocatoria.version += 1
    campos = sorted([*valores, *listas])
    auditar(sesion, autorizacion, "convocatoria.editar", OBJETO, convocatoria_id, {"campos": campos})
    sesion.flush()
    return convocatoria


def agregar_item(sesion: Session, actor: Actor, convocatoria_id: UUID, nuevo: ItemEntrada) -> int:
    """Add an item at the end of a draft; its number."""
    propia(sesion, actor, convocatoria_id)  # locked before what it holds is read
    items = _entradas(sesion, convocatoria_id)
    if len(items) >= ITEMS_MAXIMOS:
        raise DatosInvalidos(_("Una convocatoria admite hasta {} ítems.").format(ITEMS_MAXIMOS))
    exigir_item(nuevo, "")
    exigir_lote(nuevo, len(lotes_de(sesion, convocatoria_id)), "")
    editar_borrador(sesion, actor, convocatoria_id, _solo_items([*items, nuevo]))
    return len(items) + 1


def quitar_item(sesion: Session, actor: Actor, convocatoria_id: UUID, numero: int) -> None:
    """Take an item out of a draft; those that follow move up."""
    propia(sesion, actor, convocatoria_id)
    items = _entradas(sesion, convocatoria_id)
    quedan = [item for n, item in enumerate(items, start=1) if n != numero]
    editar_borrador(sesion, actor, convocatoria_id, _solo_items(quedan))


def _entradas(sesion: Session, convocatoria_id: UUID) -> list[ItemEntrada]:
    return [
        ItemEntrada.model_construct(**{c: getattr(item, c) for c in ItemEntrada.model_fields})
        for item in items_de(sesion, convocatoria_id)
    ]


def _solo_items(items: list[ItemEntrada]) -> ConvocatoriaCambio:
    return ConvocatoriaCambio.model_construct(items=items, _fields_set={"items"})


def eliminar_borrador(sesion: Session, actor: Actor, convocatoria_id: UUID) -> None:
    """Throw a draft away; what was published is never deleted."""
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    exigir_borrador(convocatoria)
    sesion.execute(delete(Item).where(col(Item.convocatoria_id) == convocatoria_id))
    sesion.execute(delete(Lote).where(col(Lote.convocatoria_id) == convocatoria_id))
    quitar_todos(sesion, convocatoria_id)
    soltar(sesion, convocatoria_id)
    sesion.execute(delete(VueltoALlamar).where(col(VueltoALlamar.siguiente_id) == convocatoria_id))
    soltar_certificado(sesion, convocatoria_id)
    sesion.delete(convocatoria)
    auditar(sesion, autorizacion, "convocatoria.eliminar", OBJETO, convocatoria_id)
    sesion.flush()


def publicar_convocatoria(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    vence_en: datetime,
    modalidad: str | None = None,
    **codigo: str | None,
) -> Convocatoria:
    """Post the need: it gets its CUCE and bids may come until (not at) `vence_en`.

    With `ejecutora`, the CUCE is of that executing unit; with `cuce`, it is the one that it has in SICOES.
    Raises `ConvocatoriaIncompleta`, `ModalidadNoCorresponde`, `PlazoInsuficiente`, `EstadoNoPermite`,
    `CuceNoCorresponde`, `CuceEnUso`, `FueraDelPlan`, `SubastaNoCorresponde`, `CotizacionNoCorresponde`.
    """
    convocatoria = propia(sesion, actor, convocatoria_id)
    total = sumar(item.total_referencial for item in items_de(sesion, convocatoria_id))
    autorizacion = exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, total)
    exigir_habilitacion(sesion, convocatoria.unidad_id, Habilitacion.ENTIDAD_CONTRATANTE)
    return _publicar(sesion, autorizacion, convocatoria, vence_en, modalidad, **codigo)


def publicar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    vence_en: datetime,
    modalidad: str | None = None,
    **codigo: str | None,
) -> Convocatoria:
    """`publicar_convocatoria` for a caller that already holds the authority."""
    convocatoria = bloquear(sesion, convocatoria_id)
    return _publicar(sesion, autorizacion, convocatoria, vence_en, modalidad, **codigo)


def _publicar(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    vence_en: datetime,
    modalidad: str | None,
    **codigo: str | None,
) -> Convocatoria:
    hacer_publica(sesion, autorizacion, convocatoria, vence_en, modalidad, **codigo)
    if not convocatoria.cotizacion_rapida:  # the act of sealed ones tells who bid
        llaves_al_publicar(
            sesion, convocatoria.unidad_id, convocatoria.id, dos_sobres=convocatoria.dos_sobres
        )
    hechos = {"cuce": convocatoria.cuce}
    publicar(sesion, eventos.CONVOCATORIA_PUBLICADA, convocatoria.id, hechos, autorizacion)
    total = a_centavos(convocatoria.monto_referencial)
    datos = {"cuce": convocatoria.cuce, "vence_en": vence_en.isoformat(), "total_centavos": total}
    auditar(sesion, autorizacion, "convocatoria.publicar", OBJETO, convocatoria.id, datos)
    sesion.flush()
    return convocatoria


def hacer_publica(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    vence_en: datetime | None,
    modalidad: str | None = None,
    *,
    norma: str | None = None,
    ejecutora: str | None = None,
    cuce: str | None = None,
) -> None:
    """A locked draft becomes public, with its codes and the rules of its day; without a deadline it has no
    call. Raises what `publicar_convocatoria` does.
    """
    convocatoria_id = convocatoria.id
    items, lotes = items_de(sesion, convocatoria_id), lotes_de(sesion, convocatoria_id)
    total = sumar(item.total_referencial for item in items)
    if not items:
        raise ConvocatoriaIncompleta(_("Añada al menos un ítem antes de publicar."))
    exigir_lotes(convocatoria, items, lotes)
    anterior = exigir_que_siga(sesion, convocatoria)
    instante = ahora_bd(sesion)
    if vence_en is not None and vence_en > instante + PLAZO_MAXIMO:
        detalle = _("El cierre puede estar como máximo a {} días.").format(PLAZO_MAXIMO.days)
        raise PlazoInsuficiente(detalle, campos={"vence_en": detalle})
    modalidad_id, reglas = modalidad_para(sesion, total, fecha_bolivia(instante), modalidad, norma)
    exigir_admitido(sesion, convocatoria, reglas, vence_en)
    entidad = unidad_por_id(sesion, convocatoria.unidad_id)
    if cuce is None:  # one that is in SICOES already was planned there
        exigir_en_el_plan(sesion, convocatoria_id, reglas)
    if vence_en is not None:
        exigir_plazo(sesion, reglas, instante, vence_en, entidad.municipio_ine)
    VIDA_CONVOCATORIA.exigir_paso(convocatoria, Estado.PUBLICADO)
    convocatoria.cuce = _codigo(
        sesion, autorizacion, convocatoria, anterior, instante, ejecutora, cuce, sin=vence_en is None
    )
    usar_mandato(sesion, autorizacion, Compromiso.CONVOCATORIA, convocatoria_id, total)
    convocatoria.texto_busqueda = texto_de_busqueda(sesion, convocatoria, items)
    pasar(convocatoria, Estado.PUBLICADO)
    convocatoria.modalidad_id = modalidad_id
    convocatoria.reglas = reglas.para(
        subasta=convocatoria.subasta,
        por_rondas=convocatoria.subasta_por_rondas,
        rapida=convocatoria.cotizacion_rapida,
    ).foto()
    convocatoria.monto_referencial = total
    convocatoria.ocid = ocid_de(convocatoria.cuce)
    convocatoria.publicado_en = instante
    convocatoria.vence_en = vence_en
    sesion.flush()
    exigir_papel(sesion, autorizacion.actor, convocatoria, CONDUCIR)
    anotar_responsable(sesion, autorizacion, convocatoria, instante)
    if vence_en is not None and cuce is None:  # one that is in SICOES has its own there
        documentos = documentos_de(sesion, convocatoria_id)
        emitir_dbc(sesion, autorizacion, convocatoria, items, lotes, documentos, instante)
    publicar_acto(sesion, convocatoria.id, ["tender"], instante)
    if anterior is not None:
        publicar_acto(sesion, anterior.id, ["tenderUpdate"], instante)


def _codigo(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria: Convocatoria,
    anterior: Convocatoria | None,
    instante: datetime,
    ejecutora: str | None,
    cuce: str | None,
    *,
    sin: bool,
) -> str:
    """The CUCE of a draft that becomes public: ours, or the one given, with who gave it. The one that follows
    another process is of its serial; without a call (`sin`), which is another modality, of its own.
    """
    unidad_id = convocatoria.unidad_id
    entidad = entidad_contratante(sesion, unidad_id, codigo_institucional(sesion, unidad_id))
    if cuce is None:
        if anterior is not None and not sin:
            return str(cuce_que_sigue(sesion, anterior, ejecutora))
        nuevo = nuevo_cuce(sesion, entidad, fecha_bolivia(instante).year, ejecutora)
        return str(nuevo.sin_llamado() if sin else nuevo)
    dado = cuce_dado(sesion, entidad, cuce)
    if dado.sin_convocatoria and not sin:
        detalle = _("Un proceso sin convocatoria (0-E) no recibe ofertas: regístrelo con su cotización.")
        raise CuceNoCorresponde(detalle, campos={"cuce": detalle})
    if sin and not dado.sin_convocatoria:
        detalle = _("El CUCE de un proceso sin convocatoria termina en 0-E.")
        raise CuceNoCorresponde(detalle, campos={"cuce": detalle})
    if anterior is not None and not sin:
        cuce_que_sigue(sesion, anterior, ejecutora, dado)
    if sesion.exec(select(Convocatoria.id).where(Convocatoria.cuce == str(dado))).first() is not None:
        detalle = _("El proceso {} ya está anotado.").format(dado)
        raise CuceEnUso(detalle, campos={"cuce": detalle})
    fila = CuceDado(
        convocatoria_id=convocatoria.id, autor=autorizacion.actor.nombre, mandato_id=autorizacion.mandato_id
    )
    sesion.add(fila)
    sesion.flush()
    return str(dado)


def cancelar_convocatoria(
    sesion: Session, actor: Actor, convocatoria_id: UUID, motivo: str, cierre: Cierre = Cierre.CANCELA
) -> Convocatoria:
    """Cancel a call before its contract, or annul it to publish it again, saying why; bidders are told and
    their envelopes stay closed.
    """
    convocatoria = propia(sesion, actor, convocatoria_id)
    autorizacion = exigir_facultad(
        sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR, estados=CON_LO_SUYO
    )
    exigir_papel(sesion, actor, convocatoria, DECIDIR)
    if convocatoria.estado == Estado.IMPUGNADO:
        raise EstadoNoPermite(_("Está impugnada: primero resuelva la impugnación."))
    return cancelar_con(sesion, autorizacion, convocatoria_id, motivo, cierre)


def cancelar_con(
    sesion: Session,
    autorizacion: Autorizacion,
    convocatoria_id: UUID,
    motivo: str,
    cierre: Cierre = Cierre.CANCELA,
) -> Convocatoria:
    """`cancelar_convocatoria` for a caller that already holds the authority."""
    convocatoria = bloquear(sesion, convocatoria_id)
    motivo = exigir_motivo(motivo)
    if convocatoria.estado == Estado.BORRADOR:
        raise EstadoNoPermite(_("Un borrador no se cancela: se elimina."))
    if convocatoria.items_ordenados:
        raise EstadoNoPermite(_("Ya hay órdenes de compra: una convocatoria contratada no se cancela."))
    if como_esta(convocatoria) == Resultado.DESIERTO:
        raise EstadoNoPermite(_("Quedó desierta: ya terminó. Lo desierto se vuelve a convocar."))
    cerrar_si_vencio(sesion, convocatoria)  # what came until then stays said, also if no sweep has run
    for vez in range(1, convocatoria.resoluciones + 1):  # what was awarded
        devolver_compromiso(sesion, acto_de_resolucion(convocatoria_id, vez))
    pasar(convocatoria, Estado.CANCELADO)
    convocatoria.cancelado_en = instante = ahora_bd(sesion)
    convocatoria.cierre = cierre
    convocatoria.motivo_cierre = motivo
    convocatoria.sigue_en = None
    sesion.flush()
    olvidar_partes(sesion, convocatoria_id)
    etiquetas = ["tenderCancellation"] + (["awardCancellation"] if convocatoria.resuelto_en else [])
    publicar_acto(sesion, convocatoria.id, etiquetas, instante)
    hechos = {"cuce": convocatoria.cuce}
    publicar(sesion, eventos.CONVOCATORIA_CANCELADA, convocatoria.id, hechos, autorizacion)
    datos = {"motivo": motivo, "cierre": str(cierre)}
    auditar(sesion, autorizacion, "convocatoria.cancelar", OBJETO, convocatoria.id, datos)
    sesion.flush()
    return convocatoria


def reanudar(sesion: Session, convocatoria: Convocatoria, instante: datetime) -> None:
    """A locked process that was appealed goes on: to be decided where it waits for it, or as it was."""
    falta = any(item.estado in POR_DECIDIR for item in items_de(sesion, convocatoria.id))
    pasar(convocatoria, Estado.EVALUACION if falta else Estado.RESUELTO)
    poner_plazo(sesion, convocatoria, instante)


def exigir_motivo(motivo: str) -> str:
    """Why something that was public ends, as it will be read. Raises `FaltaMotivo`."""
    if len(motivo.strip()) < MOTIVO_MINIMO:
        detalle = _("Explique el motivo con al menos {} letras: será público.").format(MOTIVO_MINIMO)
        raise FaltaMotivo(detalle, campos={"motivo": detalle})
    return motivo.strip()


def acto_de_resolucion(convocatoria_id: UUID, vez: int) -> UUID:
    """By which a mandate knows what was awarded in each resolution of a call."""
    return convocatoria_id if vez == 1 else uuid5(convocatoria_id, f"resolucion:{vez}")


def cerrar_si_vencio(sesion: Session, convocatoria: Convocatoria) -> bool:
    """Close the reception of a locked call if its deadline has passed by the database's clock."""
    if convocatoria.estado != Estado.PUBLICADO:
        return False
    assert convocatoria.vence_en is not None
    instante = ahora_bd(sesion)
    if instante < convocatoria.vence_en:
        return False
    pasar(convocatoria, Estado.RECEPCION_CERRADA)
    convocatoria.cerrado_en = instante
    poner_plazo(sesion, convocatoria, convocatoria.vence_en)
    sesion.flush()
    sistema = Actor.sistema("cierre de recepción")
    publicar(sesion, eventos.RECEPCION_CERRADA, convocatoria.id, {"cuce": convocatoria.cuce}, sistema)
    auditar(sesion, sistema, "convocatoria.cerrar_recepcion", OBJETO, convocatoria.id)
    sesion.flush()
    return True


def cerrar_recepcion(sesion: Session, convocatoria_id: UUID) -> bool:
    """The same of a call not locked yet."""
    return cerrar_si_vencio(sesion, bloquear(sesion, convocatoria_id))


def propia(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The locked call; a draft does not exist for whoever does not work for its entity."""
    convocatoria = bloquear(sesion, convocatoria_id)
    if convocatoria.estado not in PUBLICOS and not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    return convocatoria


def exigir_borrador(convocatoria: Convocatoria) -> None:
    """Raise `EstadoNoPermite` of what is published."""
    if convocatoria.estado != Estado.BORRADOR:
        raise EstadoNoPermite(_("Lo publicado no se edita: se enmienda, con un motivo público."))


def _poner(
    sesion: Session, convocatoria: Convocatoria, lotes: Sequence[str], items: Sequence[ItemEntrada]
) -> None:
    """What a draft asks for, and in which lots, in the place of what it asked for before."""
    if lotes and convocatoria.adjudica_por != Forma.LOTE:
        detalle = _("Escriba lotes solo si adjudica por lote.")
        raise DatosInvalidos(detalle, campos={"lotes": detalle})
    for n, item in enumerate(items):
        exigir_lote(item, len(lotes), f"items.{n}.")
    sesion.execute(delete(Item).where(col(Item.convocatoria_id) == convocatoria.id))
    sesion.execute(delete(Lote).where(col(Lote.convocatoria_id) == convocatoria.id))
    sesion.add_all(
        Lote(convocatoria_id=convocatoria.id, numero=numero, nombre=nombre)
        for numero, nombre in enumerate(lotes, start=1)
    )
    sesion.flush()
    filas = [item_de(convocatoria.id, numero, datos) for numero, datos in enumerate(items, start=1)]
    sesion.add_all(filas)
    convocatoria.monto_referencial = sumar(fila.total_referencial for fila in filas)
    exigir_monto(convocatoria.monto_referencial, "items")
    sesion.flush()


def texto_de_busqueda(sesion: Session, convocatoria: Convocatoria, items: Sequence[Item]) -> str:
    """What a search looks at besides the title and the description."""
    entidad = unidad_por_id(sesion, convocatoria.unidad_id).denominacion
    sitio = exigir_municipio(sesion, convocatoria.municipio_ine)
    return " ".join([entidad, sitio, *(item.descripcion for item in items)])
