"""Pages of the entity until it publishes: its panel, and a new call in steps (data, items, publish)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    Facultad,
    Habilitacion,
    UnidadEconomica,
    con_habilitacion,
    departamentos,
    municipios,
    unidades_de,
)
from feria_inversa import vistas, web_actos
from feria_inversa.consultas import convocatoria_visible, de_la_entidad, items_de, puede_gestionar
from feria_inversa.convocatorias import (
    crear_borrador,
    editar_borrador,
    eliminar_borrador,
    publicar_convocatoria,
)
from feria_inversa.errores import ConvocatoriaNoEncontrada, EstadoNoPermite
from feria_inversa.esquemas import (
    ITEMS_MAXIMOS,
    PLAZO_MAXIMO_DIAS,
    ConvocatoriaCambio,
    ConvocatoriaEntrada,
    ItemEntrada,
)
from feria_inversa.estados import VIDA_CONVOCATORIA, Estado
from feria_inversa.ficha import contexto_de
from feria_inversa.formularios import Formulario, Lector, errores_de
from feria_inversa.modalidades import admite, dia_minimo_de_cierre, vigentes
from feria_inversa.modelos import Convocatoria, Item
from feria_inversa.unidades_de_medida import UNIDADES
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos, Prohibido
from nucleo.ids import nuevo_id
from nucleo.reloj import ZONA, ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina, redirigir

router = APIRouter()
HORA_DE_CIERRE = time(16, 0)
PILAS: tuple[tuple[str, str, frozenset[Estado]], ...] = (
    ("borradores", _l("Borradores"), frozenset({Estado.BORRADOR, Estado.PROGRAMADO})),
    ("abiertas", _l("Abiertas"), frozenset({Estado.PUBLICADO, Estado.SUSPENDIDO})),
    ("por_abrir", _l("Por abrir"), frozenset({Estado.RECEPCION_CERRADA})),
    ("por_adjudicar", _l("Por adjudicar"), frozenset({Estado.APERTURA, Estado.SUBASTA, Estado.EVALUACION})),
    ("por_contratar", _l("Por contratar"), frozenset({Estado.ADJUDICADO, Estado.PLAZO_IMPUGNACION})),
    ("terminadas", _l("Terminadas"), frozenset({Estado.CONTRATADO}) | VIDA_CONVOCATORIA.fines),
)


def entidades_de(sesion: Session, actor: Actor) -> list[UnidadEconomica]:
    """The entities for which this person buys or evaluates. Raises `Prohibido` without any."""
    suyas = {
        unidad.id: unidad
        for facultad in (Facultad.COMPRAR, Facultad.EVALUAR)
        for unidad in unidades_de(sesion, actor, facultad)
    }
    contratan = con_habilitacion(sesion, suyas, Habilitacion.ENTIDAD_CONTRATANTE)
    if not contratan:
        raise Prohibido(
            _("Para esto necesita un mandato de compras de una entidad pública habilitada para contratar.")
        )
    return [unidad for unidad in suyas.values() if unidad.id in contratan]


def _pila(convocatoria: Convocatoria, instante: datetime) -> str:
    vencida = convocatoria.vence_en is not None and convocatoria.vence_en <= instante
    if convocatoria.estado == Estado.PUBLICADO and vencida:
        return "por_abrir"
    return next((clave for clave, _n, estados in PILAS if convocatoria.estado in estados), "terminadas")


@router.get("/compras")
def compras(request: Request, sesion: Sesion, actor: ActorRequerido, ver: str = "") -> HTMLResponse:
    """The piles on the desk: drafts, open, to open, to award, to order, done."""
    entidades = entidades_de(sesion, actor)
    instante = ahora_bd(sesion)
    pilas: dict[str, list[Convocatoria]] = {clave: [] for clave, _n, _e in PILAS}
    for fila in de_la_entidad(sesion, [e.id for e in entidades], Estado, limite=500):
        pilas[_pila(fila, instante)].append(fila)
    urgentes = ("por_abrir", "por_adjudicar", "por_contratar", "abiertas")
    elegida = ver if ver in pilas else next((clave for clave in urgentes if pilas[clave]), "borradores")
    return pagina(
        request,
        "feria_inversa/compras.html",
        entidades=entidades,
        ver=elegida,
        pestanas=[(str(nombre), f"/compras?ver={clave}", len(pilas[clave])) for clave, nombre, _e in PILAS],
        tarjetas=vistas.tarjetas(sesion, pilas[elegida]),
    )


# --- Step 1: data ------------------------------------------------------------------------------------


def _pagina_datos(request: Request, sesion: Session, **extra: Any) -> HTMLResponse:
    nombres = {d.ine: d.nombre for d in departamentos(sesion)}
    extra.setdefault("errores", {})
    return pagina(
        request,
        "feria_inversa/datos.html",
        422 if extra["errores"] else 200,
        municipios=[(m.ine, f"{m.nombre} ({nombres[m.departamento_ine]})") for m in municipios(sesion)],
        categorias=vistas.opciones_de_categoria(),
        **extra,
    )


def _leer_datos(datos: Mapping[str, str]) -> ConvocatoriaEntrada:
    lector = Lector(datos)
    valores = {
        "titulo": lector.texto("titulo", minimo=5, maximo=200, falta=_("Diga qué necesita, en una línea.")),
        "descripcion": lector.texto("descripcion", maximo=5000),
        "categoria": lector.eleccion("categoria", vistas.CATEGORIAS, _("Elija qué se contrata.")),
        "municipio_ine": lector.codigo("municipio_ine", cifras=6, falta=_("Elija el municipio.")),
        "lugar_entrega": lector.texto("lugar_entrega", maximo=300),
        "plazo_entrega_dias": lector.entero("plazo_entrega_dias", minimo=1, maximo=PLAZO_MAXIMO_DIAS),
    }
    lector.terminar()
    return ConvocatoriaEntrada.model_validate(valores)


@router.get("/compras/nueva")
def nueva(request: Request, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    entidades = entidades_de(sesion, actor)
    valores = {
        "id": str(nuevo_id()),
        "unidad_id": str(entidades[0].id),
        "municipio_ine": entidades[0].municipio_ine,
        "plazo_entrega_dias": "30",
        "categoria": "bienes",
    }
    return _pagina_datos(request, sesion, entidades=entidades, valores=valores)


@router.post("/compras/nueva", response_model=None)
def crear(
    request: Request, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    """Make the draft; the id that came with the form makes a second press harmless."""
    entidades = entidades_de(sesion, actor)
    lector = Lector(datos)
    unidad_id = lector.id("unidad_id") or entidades[0].id
    try:
        fila = crear_borrador(sesion, actor, unidad_id, _leer_datos(datos), id_=lector.id("id"))
    except DatosInvalidos as error:
        sesion.rollback()
        return _pagina_datos(request, sesion, entidades=entidades, valores=datos, errores=errores_de(error))
    return redirigir(f"/compras/{fila.id}/items")


def _borrador(sesion: Session, actor: Actor, convocatoria_id: UUID) -> Convocatoria:
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    if convocatoria.estado != Estado.BORRADOR:
        raise EstadoNoPermite(_("Lo publicado no se edita: cancele la convocatoria y publique otra."))
    return convocatoria


@router.get("/compras/{convocatoria_id}/datos")
def datos_del_borrador(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    valores = {campo: getattr(convocatoria, campo) for campo in ConvocatoriaEntrada.model_fields}
    return _pagina_datos(request, sesion, entidades=[], valores=valores, convocatoria=convocatoria)


@router.post("/compras/{convocatoria_id}/datos", response_model=None)
def guardar_datos(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    try:
        cambio = ConvocatoriaCambio.model_validate(_leer_datos(datos).model_dump())
        editar_borrador(sesion, actor, convocatoria_id, cambio)
    except DatosInvalidos as error:
        sesion.rollback()
        return _pagina_datos(
            request, sesion, entidades=[], valores=datos, convocatoria=convocatoria, errores=errores_de(error)
        )
    return redirigir(f"/compras/{convocatoria_id}/items")


# --- Step 2: items -----------------------------------------------------------------------------------


def _como_entrada(items: Iterable[Item]) -> list[ItemEntrada]:
    return [
        ItemEntrada.model_construct(**{c: getattr(item, c) for c in ItemEntrada.model_fields})
        for item in items
    ]


def _pagina_items(
    request: Request, sesion: Session, convocatoria: Convocatoria, **extra: Any
) -> HTMLResponse:
    extra.setdefault("errores", {})
    extra.setdefault("valores", {"unidad_medida": "pieza"})
    return pagina(
        request,
        "feria_inversa/items.html",
        422 if extra["errores"] else 200,
        convocatoria=convocatoria,
        items=items_de(sesion, convocatoria.id),
        unidades_de_medida=sorted(((u.codigo, u.plural) for u in UNIDADES.values()), key=lambda par: par[1]),
        cantidad=vistas.cantidad,
        **extra,
    )


@router.get("/compras/{convocatoria_id}/items")
def items_del_borrador(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido
) -> HTMLResponse:
    return _pagina_items(request, sesion, _borrador(sesion, actor, convocatoria_id))


def _leer_item(datos: Mapping[str, str]) -> ItemEntrada:
    lector = Lector(datos)
    descripcion = lector.texto(
        "descripcion", minimo=3, maximo=500, falta=_("Describa el ítem con sus medidas o características.")
    )
    cantidad = lector.cantidad("cantidad")
    unidad = lector.eleccion("unidad_medida", UNIDADES, _("Elija la unidad de medida."))
    precio = lector.monto("precio_referencial")
    unspsc = lector.codigo("unspsc", cifras=8, falta=_("El código UNSPSC tiene 8 números."), vacio=True)
    lector.terminar()
    assert precio is not None
    return ItemEntrada(
        descripcion=descripcion,
        cantidad=cantidad,
        unidad_medida=unidad,
        precio_referencial=precio,
        unspsc=unspsc or None,
    )


@router.post("/compras/{convocatoria_id}/items", response_model=None)
def agregar_item(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    """Add an item, or take one out (`quitar` carries its number)."""
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    items = items_de(sesion, convocatoria_id)
    destino = f"/compras/{convocatoria_id}/items"
    try:
        if quitar := datos.get("quitar"):
            quedan = _como_entrada(item for item in items if str(item.numero) != quitar)
            editar_borrador(sesion, actor, convocatoria_id, _solo_items(quedan))
            return redirigir(destino, _("Quitó el ítem."))
        if len(items) >= ITEMS_MAXIMOS:
            raise DatosInvalidos(_("Una convocatoria admite hasta {} ítems.").format(ITEMS_MAXIMOS))
        nuevo = _leer_item(datos)
        editar_borrador(sesion, actor, convocatoria_id, _solo_items([*_como_entrada(items), nuevo]))
    except DatosInvalidos as error:
        sesion.rollback()
        errores = {campo.split(".")[-1]: texto for campo, texto in errores_de(error).items()}
        return _pagina_items(request, sesion, convocatoria, valores=datos, errores=errores)
    return redirigir(destino, _("Añadió el ítem {}.").format(len(items) + 1))


def _solo_items(items: list[ItemEntrada]) -> ConvocatoriaCambio:
    return ConvocatoriaCambio.model_construct(items=items, _fields_set={"items"})


# --- Step 3: publish ---------------------------------------------------------------------------------


def _pagina_publicar(
    request: Request, sesion: Session, convocatoria: Convocatoria, **extra: Any
) -> HTMLResponse:
    instante = ahora_bd(sesion)
    posibles = [
        (m, dia_minimo_de_cierre(m, instante))
        for m in vigentes(sesion, fecha_bolivia(instante))
        if admite(m, convocatoria.monto_referencial)
    ]
    sugerida, minimo = max(posibles, key=lambda par: par[0].dias_minimos) if posibles else (None, None)
    extra.setdefault("errores", {})
    cierre = datetime.combine(minimo, HORA_DE_CIERRE, ZONA) if minimo else instante + timedelta(days=1)
    extra.setdefault(
        "valores",
        {
            "vence_en": cierre.strftime("%Y-%m-%dT%H:%M"),
            "modalidad": sugerida.codigo if sugerida else "",
        },
    )
    return pagina(
        request,
        "feria_inversa/publicar.html",
        422 if extra["errores"] else 200,
        modalidades=posibles,
        minimo=minimo,
        **contexto_de(sesion, convocatoria),
        **extra,
    )


@router.get("/compras/{convocatoria_id}/publicar")
def revisar(request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> HTMLResponse:
    return _pagina_publicar(request, sesion, _borrador(sesion, actor, convocatoria_id))


@router.post("/compras/{convocatoria_id}/publicar", response_model=None)
def publicar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, datos: Formulario
) -> HTMLResponse | RedirectResponse:
    convocatoria = _borrador(sesion, actor, convocatoria_id)
    lector = Lector(datos)
    vence_en = lector.momento("vence_en")
    try:
        lector.terminar()
        assert vence_en is not None
        publicada = publicar_convocatoria(
            sesion, actor, convocatoria_id, vence_en, lector.crudo("modalidad") or None
        )
    except (DatosInvalidos, Conflicto) as error:
        sesion.rollback()
        return _pagina_publicar(request, sesion, convocatoria, valores=datos, errores=errores_de(error))
    return redirigir(f"/compras/{convocatoria_id}", _("Publicada con el CUCE {}.").format(publicada.cuce))


@router.post("/compras/{convocatoria_id}/eliminar")
def eliminar(convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido) -> RedirectResponse:
    eliminar_borrador(sesion, actor, convocatoria_id)
    return redirigir("/compras?ver=borradores", _("Eliminó el borrador."))


router.include_router(web_actos.router)
