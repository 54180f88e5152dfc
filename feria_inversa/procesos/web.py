"""Pages of the entity until it publishes: its panel, and a new call in steps (data, items, publish)."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    Habilitacion,
    Unidad,
    con_habilitacion,
    departamentos,
    exigir_facultad,
    municipios,
    tiene_facultad,
    unidad_por_id,
    unidades_de,
)
from feria_inversa.entidades import ejecutoras_de
from feria_inversa.llaves import guardianes_de
from feria_inversa.plan import LineaNoVigente, en_el_plan, falta_en_el_plan, linea_dicha, para_empezar
from feria_inversa.precios import cantidad
from feria_inversa.procesos import vistas
from feria_inversa.procesos.consultas import (
    Pila,
    contar_pilas,
    convocatoria_visible,
    de_la_pila,
    items_de,
    puede_gestionar,
)
from feria_inversa.procesos.convocatorias import (
    agregar_item,
    crear_borrador,
    editar_borrador,
    eliminar_borrador,
    publicar_convocatoria,
    quitar_item,
)
from feria_inversa.procesos.errores import ConvocatoriaNoEncontrada, EstadoNoPermite
from feria_inversa.procesos.esquemas import ConvocatoriaCambio, ConvocatoriaEntrada, ItemEntrada
from feria_inversa.procesos.estados import Estado, Forma, Metodo
from feria_inversa.procesos.formularios import (
    BORRADOR,
    DATOS,
    ITEM,
    PASO,
    PUBLICACION,
    QUITAR_ITEM,
    HojaDeBorrador,
    HojaDeDatos,
    HojaDeItem,
    HojaDePaso,
    HojaDePublicacion,
    HojaDeQuitar,
    ItemDePagina,
)
from feria_inversa.procesos.grupos import lotes_de
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.procesos.precios_pasados import Buscado, precios_pasados
from feria_inversa.procesos.presentar import vinculos_de
from feria_inversa.reglas import (
    Clave,
    Reglas,
    cuenta_para_ofertar,
    dia_minimo_de_cierre,
    fuera_de_horario,
    vigentes,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, Prohibido
from nucleo.formularios import Formulario, Hoja
from nucleo.formularios.campos import Opciones
from nucleo.paginacion import CursorPedido, UnCursor
from nucleo.panel import Accion, lineas_de_unidades, representadas
from nucleo.plantillas import filtro_fecha
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter()
HORA_DE_CIERRE = time(16, 0)
POR_PAGINA = 50
_DATOS = set(ConvocatoriaEntrada.model_fields)
PILAS: dict[Pila, str] = {
    Pila.BORRADORES: _l("Borradores"),
    Pila.ABIERTAS: _l("Abiertas"),
    Pila.SUSPENDIDAS: _l("Suspendidas"),
    Pila.POR_ABRIR: _l("Por abrir"),
    Pila.EN_SUBASTA: _l("En subasta"),
    Pila.POR_ADJUDICAR: _l("Por adjudicar"),
    Pila.POR_CONTRATAR: _l("Por contratar"),
    Pila.IMPUGNADAS: _l("Impugnadas"),
    Pila.TERMINADAS: _l("Terminadas"),
}
EN_LA_MESA = ("feria_inversa.compra_de_catalogo", "feria_inversa.ordenes")
"""The parts of the panel that the desk shows too."""
CONVOCAN = (Facultad.COMPRAR, Facultad.EVALUAR)
URGENTES = (
    Pila.IMPUGNADAS,
    Pila.POR_ABRIR,
    Pila.POR_ADJUDICAR,
    Pila.POR_CONTRATAR,
    Pila.SUSPENDIDAS,
    Pila.EN_SUBASTA,
    Pila.ABIERTAS,
)


def entidades_de(
    sesion: Session, actor: Actor, estados: Collection[EstadoUnidad] = (EstadoUnidad.INSCRITA,)
) -> list[Unidad]:
    """The entities for which this person buys or evaluates. Raises `Prohibido` without any."""
    return _exigir_alguna(_que_contratan(sesion, actor, CONVOCAN, estados))


def _que_contratan(
    sesion: Session,
    actor: Actor,
    facultades: Sequence[Facultad],
    estados: Collection[EstadoUnidad],
    *,
    con_otros: bool = False,
) -> list[Unidad]:
    suyas = {
        unidad.id: unidad
        for facultad in facultades
        for unidad in unidades_de(sesion, actor, facultad, estados=estados, con_otros=con_otros)
    }
    contratan = con_habilitacion(sesion, suyas, Habilitacion.ENTIDAD_CONTRATANTE, estados=estados)
    return [unidad for unidad in suyas.values() if unidad.id in contratan]


def _exigir_alguna(entidades: list[Unidad]) -> list[Unidad]:
    if not entidades:
        raise Prohibido(
            _("Para esto necesita un mandato de compras de una entidad pública habilitada para contratar.")
        )
    return entidades


@router.get("/compras")
def compras(
    request: Request, sesion: Sesion, actor: ActorRequerido, ver: str = "", cursor: UnCursor = None
) -> HTMLResponse:
    """The piles on the desk: drafts, open, to open, to award, to order, done. Who only pays for an entity,
    alone or with others, has no piles: from here they get to its budget, and to what it bought."""
    entidades = _que_contratan(sesion, actor, CONVOCAN, CON_LO_SUYO)
    suyas = [e.id for e in entidades]
    pagan = _que_contratan(sesion, actor, (Facultad.PAGAR,), CON_LO_SUYO, con_otros=True)
    con_presupuesto = _exigir_alguna(entidades + [e for e in pagan if e.id not in suyas])
    cuentas = Counter[str]()
    for de_una in contar_pilas(sesion, suyas).values():
        cuentas.update({donde: espera.cuantas for donde, espera in de_una.items()})
    elegida = Pila(ver) if ver in set(Pila) else next((p for p in URGENTES if cuentas[p]), Pila.BORRADORES)
    filas, siguiente = de_la_pila(sesion, suyas, elegida, CursorPedido(cursor, POR_PAGINA))
    return pagina(
        request,
        "feria_inversa/procesos/compras.html",
        entidades=entidades,
        con_presupuesto=con_presupuesto,
        esperan=_lo_que_espera(sesion, actor, {e.id for e in con_presupuesto}),
        convoca=any(e.esta_activa for e in entidades),
        administradas=[e for e in entidades if tiene_facultad(sesion, actor, e.id, Facultad.ADMINISTRAR)],
        ver=elegida,
        pestanas=[
            (str(nombre), f"/compras?ver={clave}", None if clave == Pila.TERMINADAS else cuentas[clave])
            for clave, nombre in PILAS.items()
        ],
        tarjetas=vistas.tarjetas(sesion, filas),
        siguiente=f"/compras?ver={elegida}&cursor={siguiente}" if siguiente else None,
    )


def _lo_que_espera(sesion: Session, actor: Actor, entidades: Collection[UUID]) -> list[tuple[str, Accion]]:
    """What of other rooms waits for this person in their entities, as their panel says it; with whose."""
    suyas = [u for u in representadas(sesion, actor) if u.id in entidades]
    lineas = lineas_de_unidades(sesion, actor, suyas, EN_LA_MESA)
    return [(u.nombre, linea) for u in suyas for linea in lineas[u.id] if linea.urge]


# --- Step 1: data ------------------------------------------------------------------------------------


def _pagina_datos(
    request: Request,
    sesion: Session,
    formulario: Formulario[Any],
    valores: Mapping[str, Any],
    hoja: Hoja[Any] | None,
    *,
    entidades: Sequence[Unidad] = (),
    convocatoria: Convocatoria | None = None,
) -> HTMLResponse:
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    listas: dict[str, Opciones] = {
        "municipio_ine": [(m.ine, f"{m.nombre} ({nombres[m.departamento_ine]})") for m in municipios(sesion)],
        "unidad_id": [(e.id, e.nombre) for e in entidades],
    }
    return pagina(
        request,
        "feria_inversa/procesos/datos.html",
        hoja=hoja,
        datos=formulario.mostrar(request, valores, enviada=hoja, opciones=listas),
        convocatoria=convocatoria,
    )


@router.get("/compras/nueva", response_model=None)
def nueva(
    request: Request, sesion: Sesion, actor: ActorRequerido, linea: Annotated[UUID | None, Query()] = None
) -> HTMLResponse | RedirectResponse:
    """With `linea`, begun from that line of the entity's plan; from one that is in none now, without it."""
    entidades_de(sesion, actor)
    try:
        desde = _de_la_linea(sesion, linea)
    except LineaNoVigente:
        return redirigir("/compras/nueva", _("Esa línea ya no está en el plan vigente: empiece sin ella."))
    return _pagina_nueva(request, sesion, actor, desde=desde)


def _de_la_linea(sesion: Session, linea: UUID | None) -> dict[str, Any]:
    if linea is None:
        return {}
    dado = para_empezar(sesion, linea)
    return {
        "linea_de_plan": dado.linea,
        "unidad_id": dado.unidad_id,
        "titulo": dado.titulo,
        "categoria": dado.categoria,
        "municipio_ine": dado.municipio_ine,
    }


def _pagina_nueva(
    request: Request,
    sesion: Session,
    actor: Actor,
    hoja: Hoja[Any] | None = None,
    desde: Mapping[str, Any] | None = None,
) -> HTMLResponse:
    entidades = entidades_de(sesion, actor)
    valores = {
        "unidad_id": entidades[0].id,
        "municipio_ine": entidades[0].municipio_ine,
        "plazo_entrega_dias": 30,
        "categoria": "bienes",
        "adjudica_por": Forma.ITEM,
        "metodo": Metodo.PRECIO,
        **(desde or {}),
    }
    return _pagina_datos(request, sesion, BORRADOR, valores, hoja, entidades=entidades)


@router.post("/compras/nueva", response_model=None)
def crear(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeBorrador
) -> HTMLResponse | RedirectResponse:
    """Make the draft; the id that came with the form makes a second press harmless."""
    entidades_de(sesion, actor)
    with hoja:
        datos = ConvocatoriaEntrada.model_validate(hoja.datos.model_dump(include=_DATOS))
        entidad_id = hoja.datos.unidad_id
        linea = _linea(sesion, entidad_id, hoja.datos.linea_de_plan)
        fila = crear_borrador(sesion, actor, entidad_id, datos, id_=hoja.id, linea_de_plan=linea)
        return redirigir(f"/compras/{fila.id}/items")
    return _pagina_nueva(request, sesion, actor, hoja)


def _linea(sesion: Session, unidad_id: UUID, dicha: str | None) -> UUID | None:
    return linea_dicha(sesion, unidad_id, dicha) if dicha else None


def _editable(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    """The draft, for whoever may change it: those who evaluate only look."""
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    exigir_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    return convocatoria


def _borrador(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    if convocatoria.estado != Estado.BORRADOR:
        raise EstadoNoPermite(_("Lo publicado no se edita: se enmienda, con un motivo público."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/datos")
def datos_del_borrador(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    return _pagina_de_cambio(request, sesion, _borrador(sesion, actor, convocatoria_id))


def _pagina_de_cambio(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    valores = DATOS.valores_de(convocatoria)
    valores["lotes"] = "\n".join(lote.nombre for lote in lotes_de(sesion, convocatoria.id))
    if (en_plan := en_el_plan(sesion, convocatoria.id)) is not None:
        valores["linea_de_plan"] = en_plan.codigo
    return _pagina_datos(request, sesion, DATOS, valores, hoja, convocatoria=convocatoria)


@router.post("/compras/{convocatoria_id}/datos", response_model=None)
def guardar_datos(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDatos
) -> HTMLResponse | RedirectResponse:
    convocatoria = _editable(sesion, actor, convocatoria_id)
    with hoja:
        dichos = hoja.datos.model_dump()
        dichos["linea_de_plan"] = _linea(sesion, convocatoria.unidad_id, hoja.datos.linea_de_plan)
        cambio = ConvocatoriaCambio.model_validate(dichos)
        editar_borrador(sesion, actor, convocatoria_id, cambio)
        return redirigir(f"/compras/{convocatoria_id}/items")
    return _pagina_de_cambio(request, sesion, convocatoria, hoja)


# --- Step 2: items -----------------------------------------------------------------------------------


def _pagina_items(
    request: Request,
    sesion: Session,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    mirado: ItemDePagina | None = None,
) -> HTMLResponse:
    lotes, items = lotes_de(sesion, convocatoria.id), items_de(sesion, convocatoria.id)
    planeado = None if items else en_el_plan(sesion, convocatoria.id)
    propuesto = planeado.primer_item() if planeado else {}
    buscados = [Buscado(i.descripcion, i.unidad_medida) for i in items]
    if mirado is not None:
        buscados.append(Buscado(mirado.descripcion, mirado.unidad_medida))
    pasados = precios_pasados(sesion, buscados)
    return pagina(
        request,
        "feria_inversa/procesos/items.html",
        hoja=hoja,
        convocatoria=convocatoria,
        items=items,
        pasados=pasados,
        del_mirado=pasados[-1] if mirado is not None else None,
        item=ITEM.mostrar(
            request,
            {"unidad_medida": "pieza"} | propuesto,
            enviada=hoja,
            opciones={"lote": vistas.opciones_de_lote(lotes)},
        ),
        lotes={lote.numero: lote for lote in lotes},
        quitar=QUITAR_ITEM.mostrar(request, enviada=hoja),
        paso=PASO.mostrar(request, enviada=hoja),
        cantidad=cantidad,
    )


@router.get("/compras/{convocatoria_id}/items")
def items_del_borrador(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    return _pagina_items(request, sesion, _borrador(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/items", response_model=None)
def anadir_item(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeItem
) -> HTMLResponse | RedirectResponse:
    convocatoria = _editable(sesion, actor, convocatoria_id)
    mirado = None
    with hoja:
        if hoja.datos.mirar:
            mirado = hoja.datos
        else:
            if hoja.datos.precio_referencial is None:
                raise DatosInvalidos(campos={"precio_referencial": _("Escriba el precio referencial.")})
            nuevo = ItemEntrada.model_construct(
                **{campo: getattr(hoja.datos, campo) for campo in ItemEntrada.model_fields}
            )
            if not hoja.ya_hecha:
                agregar_item(sesion, actor, convocatoria_id, nuevo)
            return redirigir(f"/compras/{convocatoria_id}/items", _("Añadió el ítem."))
    return _pagina_items(request, sesion, convocatoria, hoja, mirado)


@router.post("/compras/{convocatoria_id}/items/quitar", response_model=None)
def sacar_item(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeQuitar
) -> HTMLResponse | RedirectResponse:
    convocatoria = _editable(sesion, actor, convocatoria_id)
    with hoja:
        quitar_item(sesion, actor, convocatoria_id, hoja.datos.quitar)
        return redirigir(f"/compras/{convocatoria_id}/items", _("Quitó el ítem."))
    return _pagina_items(request, sesion, convocatoria, hoja)


# --- Step 3: publish ---------------------------------------------------------------------------------


def _pagina_publicar(
    request: Request, sesion: Session, convocatoria: Convocatoria, hoja: Hoja[Any] | None = None
) -> HTMLResponse:
    instante = ahora_bd(sesion)
    lugar = unidad_por_id(sesion, convocatoria.unidad_id).municipio_ine
    posibles = [
        (reglas, dia_minimo_de_cierre(sesion, reglas, instante, lugar))
        for reglas in vigentes(sesion, fecha_bolivia(instante)).values()
        if reglas.admite(convocatoria.monto_referencial) and reglas.por_monto
    ]
    sugerida, minimo = max(posibles, key=lambda par: par[0].dias_minimos) if posibles else (None, None)
    cierre = datetime.combine(minimo, HORA_DE_CIERRE, ZONA) if minimo else instante + timedelta(days=1)
    ejecutoras = ejecutoras_de(sesion, convocatoria.unidad_id)
    contadas = [cuenta_para_ofertar(sesion, reglas, instante, lugar) for reglas, _minimo in posibles]
    ficha = vistas.ficha(sesion, convocatoria)
    falta = sugerida is not None and falta_en_el_plan(sugerida, ficha["en_plan"])
    return pagina(
        request,
        "feria_inversa/procesos/publicar.html",
        hoja=hoja,
        publicacion=PUBLICACION.mostrar(
            request,
            {"vence_en": cierre, "modalidad": sugerida.codigo if sugerida else ""},
            enviada=hoja,
            opciones={
                "modalidad": [_opcion_de_modalidad(*par) for par in posibles],
                "ejecutora": [(e.ejecutora, f"{e.ejecutora} · {e.nombre}") for e in ejecutoras],
            },
        ),
        ejecutoras=ejecutoras,
        guardianes=None if convocatoria.cotizacion_rapida else guardianes_de(sesion, convocatoria.unidad_id),
        cuentas=[computo for computo in contadas if computo is not None],
        habiles=sugerida is not None and sugerida.exige(Clave.ACTOS_HABILES),
        fuera_del_plan=sugerida if falta else None,
        diferencias=vistas.diferencias_con_el_plan(
            convocatoria, sugerida.codigo if sugerida else None, ficha["en_plan"]
        ),
        anterior=vinculos_de(sesion, convocatoria)[0],
        **ficha,
    )


def _opcion_de_modalidad(reglas: Reglas, desde: date) -> tuple[str, str, str]:
    """What it is called, from when it may close, and by which norm. What no norm confirms is advice."""
    if not reglas.dias_minimos:
        plazo = _("Cierre cuando usted quiera.")
    elif reglas.exige(Clave.DIAS_MINIMOS):
        plazo = _("Cierre desde el {}.").format(filtro_fecha(desde))
    else:
        plazo = _("Se aconseja cerrar desde el {}: ese mínimo está por confirmar.").format(
            filtro_fecha(desde)
        )
    return reglas.codigo, reglas.nombre, f"{plazo} {reglas.norma}."


@router.get("/compras/{convocatoria_id}/publicar")
def revisar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina_publicar(request, sesion, _borrador(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/publicar", response_model=None)
def publicar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePublicacion
) -> HTMLResponse | RedirectResponse:
    convocatoria = _editable(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        publicada = publicar_convocatoria(
            sesion,
            actor,
            convocatoria_id,
            datos.vence_en,
            datos.modalidad,
            ejecutora=datos.ejecutora,
            cuce=datos.cuce,
        )
        assert publicada.reglas is not None
        hora = fuera_de_horario(Reglas.de_la_foto(publicada.reglas), datos.vence_en)
        aviso = _("Publicada con el CUCE {}.").format(publicada.cuce) + (f" {hora}" if hora else "")
        return redirigir(f"/compras/{convocatoria_id}", aviso)
    return _pagina_publicar(request, sesion, convocatoria, hoja)


@router.post("/compras/{convocatoria_id}/eliminar", response_model=None)
def eliminar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePaso
) -> HTMLResponse | RedirectResponse:
    convocatoria = _editable(sesion, actor, convocatoria_id)
    with hoja:
        eliminar_borrador(sesion, actor, convocatoria_id)
        return redirigir("/compras?ver=borradores", _("Eliminó el borrador."))
    return _pagina_items(request, sesion, convocatoria, hoja)
