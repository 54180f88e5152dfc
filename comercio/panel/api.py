"""JSON routes of the seller's desk."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security

from ciudadania import actor_requerido
from comercio.catalogo import cambiar_precios, opciones_por_id, proponer_precios
from comercio.existencias import cortas, fijar_umbrales
from comercio.panel.anunciar import anunciar
from comercio.panel.cuentas import DIAS_MAXIMOS, cuentas, vendido_por_producto, vendido_por_tiempo
from comercio.panel.esquemas import (
    AnuncioFicha,
    AnunciosHechos,
    AnunciosNuevos,
    CambioDePreciosNuevo,
    CuentaFicha,
    ExistenciaFicha,
    ExistenciasCortas,
    ListaDeVacaciones,
    PasoFicha,
    PedidoPorPreparar,
    PorPrepararFicha,
    PrecioCambiado,
    PreciosCambiados,
    PrimerosPasos,
    RenglonPorRecoger,
    UmbralesNuevos,
    VacacionesFicha,
    VacacionesNuevas,
    VendidoDeProductoFicha,
    VendidoFicha,
    VentasFicha,
)
from comercio.panel.preparar import por_preparar, por_recoger
from comercio.panel.primeros_pasos import primeros_pasos
from comercio.vendedores import terminar_vacaciones, tomar_vacaciones, vacaciones_de
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos, respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import Fecha
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _t

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["ventas"])
Vendedor = Annotated[Actor, Security(actor_requerido, scopes=["pedidos"])]
DeProductos = Annotated[Actor, Security(actor_requerido, scopes=["productos"])]
UnidadId = Annotated[UUID, Query(description="Unidad que vende.")]


@router.get("/ventas/por-preparar", responses=respuestas())
def ver_por_preparar(
    sesion: Sesion,
    actor: Vendedor,
    unidad_id: UnidadId,
    hasta: Annotated[Fecha | None, Query(description="Solo lo que vence hasta este día.")] = None,
) -> PorPrepararFicha:
    """Los pedidos por preparar, según su plazo, y lo que hay que recoger para ellos, sumado por lugar."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    pedidos = por_preparar(sesion, unidad_id, hasta)
    recojo = por_recoger(sesion, unidad_id, pedidos)
    return PorPrepararFicha(
        pedidos=[PedidoPorPreparar.model_validate(p) for p in pedidos],
        recojo=[RenglonPorRecoger.model_validate(r) for r in recojo],
    )


@router.post("/ventas/anuncios", responses=respuestas(409))
def anunciar_varios(datos: AnunciosNuevos, sesion: Sesion, actor: Vendedor, _: Idempotente) -> AnunciosHechos:
    """Anunciar al correo hasta 100 pedidos; cada uno con su resultado. Repetirlo no anuncia nada dos veces.

    Las etiquetas de todos: `GET /etiquetas-de-envio?envio=…`.
    """
    hechos = anunciar(sesion, actor, datos.unidad_id, datos.operador_id, datos.pedidos)
    return AnunciosHechos(datos=[AnuncioFicha.model_validate(h) for h in hechos])


@router.post("/propuestas-de-precio", responses=respuestas())
def proponer(datos: CambioDePreciosNuevo, sesion: Sesion, actor: DeProductos) -> PreciosCambiados:
    """Qué quedaría de un cambio de precios, sin cambiar nada."""
    exigir_facultad(sesion, actor, datos.unidad_id, Facultad.VENDER)
    opciones = opciones_por_id(sesion, [x.variante_id for x in datos.lineas])
    suyas = [o for o in opciones.values() if o.variante.vendedor_id == datos.unidad_id]
    return PreciosCambiados(datos=[PrecioCambiado.de(x) for x in proponer_precios(suyas, datos.cambio)])


@router.post("/cambios-de-precio", responses=respuestas())
def cambiar(
    datos: CambioDePreciosNuevo, sesion: Sesion, actor: DeProductos, _: Idempotente
) -> PreciosCambiados:
    """Cambiar el precio de hasta 300 variantes y sus precios por cantidad; cada una con su resultado.

    Las que no son de la unidad no se cambian ni se nombran.
    """
    antes = {x.variante_id: x.antes for x in datos.lineas}
    hechas = cambiar_precios(sesion, actor, datos.unidad_id, datos.cambio, antes)
    return PreciosCambiados(datos=[PrecioCambiado.de(x) for x in hechas])


@router.get("/existencias-cortas", responses=respuestas())
def ver_cortas(sesion: Sesion, actor: DeProductos, unidad_id: UnidadId) -> ExistenciasCortas:
    """Lo que está a la venta y se agota: en su umbral o por debajo; sin umbral, lo que ya no hay."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    return ExistenciasCortas(datos=[ExistenciaFicha.model_validate(x) for x in cortas(sesion, unidad_id)])


@router.put("/umbrales-de-existencia", responses=respuestas(404))
def poner_umbrales(datos: UmbralesNuevos, sesion: Sesion, actor: DeProductos) -> ExistenciasCortas:
    """Desde cuánto avisar de cada variante, una vez cada que baja de ahí. Responde lo que se agota ahora."""
    pedidos = [(x.variante_id, x.umbral) for x in datos.umbrales]
    fijar_umbrales(sesion, actor, datos.unidad_id, pedidos)
    return ExistenciasCortas(
        datos=[ExistenciaFicha.model_validate(x) for x in cortas(sesion, datos.unidad_id)]
    )


@router.get("/vacaciones", responses=respuestas())
def ver_vacaciones(sesion: Sesion, actor: DeProductos, unidad_id: UnidadId) -> ListaDeVacaciones:
    """Las que no terminaron. En esos días lo publicado lo dice y no se puede comprar."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    return ListaDeVacaciones(
        datos=[VacacionesFicha.model_validate(v) for v in vacaciones_de(sesion, unidad_id)]
    )


@router.post("/vacaciones", status_code=201, responses=respuestas(409))
def tomar(datos: VacacionesNuevas, sesion: Sesion, actor: DeProductos, _: Idempotente) -> VacacionesFicha:
    """Dejar de vender de un día a otro, los dos incluidos. Terminan solas; los pedidos abiertos siguen."""
    hechas = tomar_vacaciones(sesion, actor, datos.unidad_id, datos.desde, datos.hasta)
    return VacacionesFicha.model_validate(hechas)


@router.post("/vacaciones/{vacaciones_id}/fin", responses=respuestas(404, 409))
def terminar(vacaciones_id: UUID, sesion: Sesion, actor: DeProductos, _: Idempotente) -> VacacionesFicha:
    """Volver a vender antes."""
    return VacacionesFicha.model_validate(terminar_vacaciones(sesion, actor, vacaciones_id))


@router.get("/primeros-pasos", responses=respuestas())
def ver_primeros_pasos(sesion: Sesion, actor: DeProductos, unidad_id: UnidadId) -> PrimerosPasos:
    """Qué le falta a una tienda para vender, y dónde se hace."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    pasos = primeros_pasos(sesion, unidad_por_id(sesion, unidad_id))
    return PrimerosPasos(datos=[PasoFicha.model_validate(p) for p in pasos])


@router.get("/resumen-de-ventas", responses=respuestas())
def ver_ventas(
    sesion: Sesion, actor: Vendedor, unidad_id: UnidadId, desde: Fecha, hasta: Fecha
) -> VentasFicha:
    """Lo vendido de un día a otro (366 como máximo), sin lo devuelto: por tiempo y por producto."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    if not 0 <= (hasta - desde).days < DIAS_MAXIMOS:
        texto = _t("Elija hasta 366 días, el último no antes que el primero.")
        raise DatosInvalidos(texto, campos={"hasta": texto})
    return VentasFicha(
        por_tiempo=[
            VendidoFicha.model_validate(v) for v in vendido_por_tiempo(sesion, unidad_id, desde, hasta)
        ],
        por_producto=[
            VendidoDeProductoFicha.model_validate(v)
            for v in vendido_por_producto(sesion, unidad_id, desde, hasta)
        ],
    )


@router.get("/dinero-de-ventas", responses=respuestas())
def ver_dinero(sesion: Sesion, actor: Vendedor, unidad_id: UnidadId, pagina: Cursor) -> Pagina[CuentaFicha]:
    """El dinero de cada pedido de una unidad, primero los últimos."""
    exigir_facultad(sesion, actor, unidad_id, Facultad.VENDER, estados=CON_LO_SUYO)
    lista, siguiente = cuentas(sesion, unidad_id, pagina)
    return Pagina(datos=[CuentaFicha.model_validate(c) for c in lista], siguiente=siguiente)
