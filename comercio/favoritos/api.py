"""JSON routes of what people keep."""

from uuid import UUID

from fastapi import APIRouter

from ciudadania import ActorRequerido
from comercio.favoritos import guardar as favoritos
from comercio.favoritos.esquemas import FavoritoFicha
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.paginacion import Cursor, Pagina

router = APIRouter(prefix="/api/v1", tags=["carrito"])


@router.get("/favoritos", responses=respuestas(403))
def listar_favoritos(sesion: Sesion, actor: ActorRequerido, pagina: Cursor) -> Pagina[FavoritoFicha]:
    """Los productos que guardó, el último primero, con el precio y lo que hay hoy."""
    vistos, siguiente = favoritos.favoritos_de(sesion, actor, pagina)
    return Pagina(
        datos=[
            FavoritoFicha(
                producto_id=v.producto.id,
                titulo=v.producto.titulo,
                vendedor=v.producto.vendedor_nombre,
                precio=v.cuesta,
                precio_antes=v.antes,
                disponible=v.producto.disponible,
                se_compra=v.se_compra,
            )
            for v in vistos
        ],
        siguiente=siguiente,
    )


@router.put("/favoritos/{producto_id}", status_code=204, responses=respuestas(403, 404, 409))
def guardar_favorito(producto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Guarda un producto; guardarlo otra vez no cambia nada."""
    favoritos.guardar(sesion, actor, producto_id)


@router.delete("/favoritos/{producto_id}", status_code=204, responses=respuestas(403))
def quitar_favorito(producto_id: UUID, sesion: Sesion, actor: ActorRequerido) -> None:
    """Quita un producto de los guardados."""
    favoritos.quitar(sesion, actor, producto_id)
