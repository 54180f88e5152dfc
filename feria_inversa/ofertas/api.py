"""JSON routes of bids."""

import base64
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, File, Form, Request, Response, Security, UploadFile
from sqlmodel import Session

from ciudadania import ActorOpcional, actor_requerido
from feria_inversa.llaves import llave_de
from feria_inversa.ofertas import presentar
from feria_inversa.ofertas.archivos import Adjuntos, subir_archivo
from feria_inversa.ofertas.archivos_abiertos import archivo_leido, traidos_de
from feria_inversa.ofertas.consultas import oferta_propia, pagina_de_abiertas
from feria_inversa.ofertas.declaraciones import declaraciones
from feria_inversa.ofertas.errores import SobreRequerido
from feria_inversa.ofertas.esquemas import (
    ArchivoDicho,
    ArchivoSubido,
    DeclaracionSalida,
    OfertaAbierta,
    OfertaEntrada,
    OfertaNueva,
    OfertaRecibida,
)
from feria_inversa.ofertas.modelos import Oferta
from feria_inversa.ofertas.ofertas import presentar_oferta, presentar_sellada, retirar_oferta
from feria_inversa.ofertas.reconfirmar import reconfirmar_oferta
from feria_inversa.procesos import convocatoria_visible
from nucleo.actor import Actor
from nucleo.archivos import TIPO_PDF, Recibido
from nucleo.archivos.servir import respuesta_de
from nucleo.bd import Sesion
from nucleo.errores import respuestas
from nucleo.idempotencia import Idempotente, RutaIdempotente
from nucleo.lectores import NumeroDeRuta
from nucleo.paginacion import Cursor, Pagina
from nucleo.textos import gettext as _
from nucleo.web import publico

router = APIRouter(prefix="/api/v1", route_class=RutaIdempotente, tags=["feria inversa"])
Oferente = Annotated[Actor, Security(actor_requerido, scopes=["convocatorias"])]
OFERTAS = "/convocatorias/{convocatoria_id}/ofertas"
_ARCHIVO: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "El archivo",
        "content": {
            tipo: {"schema": {"type": "string", "format": "binary"}} for tipo in (TIPO_PDF, "image/jpeg")
        },
    }
}


@router.get(OFERTAS, dependencies=[Depends(publico)], responses=respuestas(404, 409))
def listar_ofertas(
    convocatoria_id: UUID, sesion: Sesion, actor: ActorOpcional, pagina: Cursor
) -> Pagina[OfertaAbierta]:
    """Las ofertas con sus precios, en el orden en que llegaron, desde la apertura; antes responde 409 a
    cualquiera. En una cotización rápida, hasta la decisión van por su rótulo y no dicen de quién son.
    """
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    traidos = traidos_de(sesion, convocatoria)
    ofertas, siguiente = pagina_de_abiertas(sesion, convocatoria, pagina)
    datos = [presentar.oferta_abierta(oferta, traidos.get(oferta.oferta.id, ())) for oferta in ofertas]
    return Pagina(datos=datos, siguiente=siguiente)


@router.post(OFERTAS, status_code=201, responses=respuestas(404, 409))
def crear_oferta(
    convocatoria_id: UUID,
    datos: OfertaNueva,
    sesion: Sesion,
    actor: Oferente,
    response: Response,
    _idempotente: Idempotente,
) -> OfertaRecibida:
    """Presenta la oferta de una unidad en sobre cerrado; donde hay llave, sellado a ella por quien oferta.

    Presentarla es declarar lo que dice el texto vigente de `/declaraciones-de-ofertas`, que queda con ella.
    Lo que dice el sobre es JSON con `version` 1, `sal` (32 bytes al azar en hexadecimal, en minúsculas) y
    `lineas` (y `clave` y `archivos`, si se subieron), y nada más: el acta lo publica entero. Detrás, un byte
    80 y ceros (ISO/IEC 7816-4), hasta que el sobre tenga los `bytes_sobre` del proceso, que son los de todos.
    El `info` de HPKE es `qhatu-sobre-v2|proceso|unidad|id|version`, con los identificadores en minúsculas y
    con guiones (hay un ejemplo en `sobre`): el sobre no se abre como otra oferta. Donde el proceso dice
    `dos_sobres`, las mismas `lineas` van también, sin `precio_unitario`, en `sobre_tecnico`, que se abre
    antes: con otra `sal`, pues con la misma se podría probar qué precio da la huella del otro. Ahí van
    `clave` y `archivos`, y en el otro no. Lo que de él no puede contar (el ítem o lote que no está entero, un
    plazo de más) se aparta al abrirlo, y el resto cuenta.
    """
    oferta = _presentar(sesion, actor, convocatoria_id, datos.unidad_id, datos)
    response.headers["Location"] = f"/api/v1/convocatorias/{convocatoria_id}/ofertas/{oferta.id}"
    return presentar.recibo(oferta)


@router.get("/declaraciones-de-ofertas", dependencies=[Depends(publico)], responses=respuestas())
def listar_declaraciones(sesion: Sesion) -> list[DeclaracionSalida]:
    """Lo que declara quien presenta una oferta, por el hecho de presentarla; primero el texto vigente."""
    return [DeclaracionSalida.model_validate(d) for d in declaraciones(sesion)]


@router.get(OFERTAS + "/{oferta_id}", responses=respuestas(404))
def ver_oferta_propia(
    convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente
) -> OfertaRecibida:
    """El recibo de una oferta propia."""
    return presentar.recibo(oferta_propia(sesion, actor, convocatoria_id, oferta_id))


@router.put(OFERTAS + "/{oferta_id}", responses=respuestas(404, 409))
def reemplazar_oferta(
    convocatoria_id: UUID, oferta_id: UUID, datos: OfertaEntrada, sesion: Sesion, actor: Oferente
) -> OfertaRecibida:
    """Reemplaza la oferta vigente antes del plazo. El sobre anterior no se abrirá; el recibo es otro."""
    oferta = oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    nueva = _presentar(sesion, actor, convocatoria_id, oferta.unidad_id, datos, reemplazar=True)
    return presentar.recibo(nueva)


def _presentar(
    sesion: Session,
    actor: Actor,
    convocatoria_id: UUID,
    unidad_id: UUID,
    datos: OfertaEntrada,
    *,
    reemplazar: bool = False,
) -> Oferta:
    """Prices never come to a process with a key: who asks seals them."""
    comun: dict[str, Any] = {
        "id_": datos.id,
        "reemplazar": reemplazar,
        "version": datos.version,
        "declaracion": datos.declaracion,
    }
    if datos.sobre is not None and datos.huella is not None:
        sobre = base64.b64decode(datos.sobre)
        comun["archivos"] = {a.numero: a.cifrado for a in datos.archivos}
        if datos.sobre_tecnico is not None and datos.huella_tecnica is not None:
            comun["tecnico"] = base64.b64decode(datos.sobre_tecnico), datos.huella_tecnica
        return presentar_sellada(sesion, actor, convocatoria_id, unidad_id, sobre, datos.huella, **comun)
    assert datos.lineas is not None
    if llave_de(sesion, convocatoria_id) is not None:
        raise SobreRequerido(_("Selle las líneas con la llave del proceso y mande el sobre con su huella."))
    if datos.clave is not None:
        dichos = [ArchivoDicho.model_validate(a.model_dump()) for a in datos.archivos]
        comun["adjuntos"] = Adjuntos(datos.clave, dichos)
    return presentar_oferta(sesion, actor, convocatoria_id, unidad_id, datos.lineas, **comun)


@router.put(OFERTAS + "/{oferta_id}/archivos/{numero}", responses=respuestas(404, 409, 413))
def subir(
    convocatoria_id: UUID,
    oferta_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: Oferente,
    unidad_id: Annotated[UUID, Form(description="Por qué unidad se ofertará.")],
    archivo: Annotated[UploadFile, File(description="El archivo ya cifrado.")],
) -> ArchivoSubido:
    """Sube, cifrado, un documento de los que se piden, antes de presentar la oferta que tendrá ese `id`.

    Es un PDF de hasta 8 MB y 20 páginas, o una foto. Se rellena con un byte 80 y ceros hasta un múltiplo de
    262.144 bytes que lo pase, y se cifra con AES-256-GCM: 12 bytes al azar (el nonce), lo cifrado y su sello.
    Los datos asociados son `qhatu-archivo-v1|id|numero`. La clave es una para todos los archivos de la oferta
    y va en lo que dice su sobre: `clave`, y `archivos` con `numero`, `huella` (SHA-256 del archivo) y
    `cifrado` (SHA-256 de lo que se sube aquí). Desde la apertura lo abre quien evalúa; los demás ven su
    nombre y su huella.
    """
    recibido = Recibido.de(archivo)
    huella = subir_archivo(sesion, actor, convocatoria_id, unidad_id, oferta_id, numero, recibido)
    return ArchivoSubido(numero=numero, cifrado=huella)


@router.get(
    OFERTAS + "/{oferta_id}/archivos/{numero}", response_class=Response, responses=_ARCHIVO | respuestas(404)
)
def bajar(
    request: Request,
    convocatoria_id: UUID,
    oferta_id: UUID,
    numero: NumeroDeRuta,
    sesion: Sesion,
    actor: Oferente,
) -> Response:
    """Un documento de una oferta abierta, dibujado otra vez, para quien evalúa o lo presentó."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return respuesta_de(sesion, archivo_leido(sesion, actor, convocatoria, oferta_id, numero), request)


@router.delete(OFERTAS + "/{oferta_id}", responses=respuestas(404, 409))
def retirar(convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente) -> OfertaRecibida:
    """Retira la oferta antes del plazo. El sobre no se abrirá."""
    oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    return presentar.recibo(retirar_oferta(sesion, actor, oferta_id))


@router.post(OFERTAS + "/{oferta_id}/reconfirmacion", responses=respuestas(404, 409))
def reconfirmar(
    convocatoria_id: UUID, oferta_id: UUID, sesion: Sesion, actor: Oferente, _idempotente: Idempotente
) -> OfertaRecibida:
    """La oferta también vale para la última versión de la convocatoria; sin esto no se abrirá.

    Es declarar otra vez lo que dice el texto vigente de `/declaraciones-de-ofertas`.
    """
    oferta_propia(sesion, actor, convocatoria_id, oferta_id)
    return presentar.recibo(reconfirmar_oferta(sesion, actor, oferta_id))
