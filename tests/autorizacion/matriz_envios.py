"""Rows of shipments: who sends, who receives, the postal operator; API and pages."""

from collections.abc import Callable
from typing import Any

from tests.autorizacion.escena import MARCA, Escena
from tests.autorizacion.filas import PUBLICO, Fila, Quien, fila, mandato, no

VENDE = mandato("tienda", "VENDER", "tomasa")
DESPACHA = mandato("correos", "DESPACHAR", "corina")
DESTINATARIA = Quien("ana", "correos", "DESPACHAR")
MIS_ENVIOS = Quien("ana", "correos", "DESPACHAR", libre=True)
DE_LA_TIENDA = Quien("ana", "tienda", "VENDER", libre=True)


def preparar(e: Escena) -> None:
    from empresa_digital.registro import Facultad, exigir_facultad, parte_de_persona, parte_de_unidad
    from envios.eventos.nuevo import EventoNuevo, Fuente
    from envios.eventos.registrar_eventos import registrar_evento
    from envios.items.anunciar import crear_envio
    from envios.items.consultas import envio_por_id
    from envios.items.identificadores import agregar_identificador
    from envios.seguimiento.rastreadores import rastrear
    from nucleo.bd import transaccion
    from nucleo.ids import nuevo_id
    from nucleo.webhooks import suscribir

    def enviar(clave: str) -> None:
        with transaccion() as sesion:
            tienda = e.unidades["tienda"].id
            autorizacion = exigir_facultad(sesion, e.actor("tomasa"), tienda, Facultad.VENDER)
            datos: dict[str, Any] = {
                "remitente_parte_id": parte_de_unidad(sesion, tienda).id,
                "destinatario_parte_id": parte_de_persona(sesion, e.personas["ana"].id).id,
                "destinatario_nombre": f"Ana {MARCA}",
                "destinatario_telefono": "70000001",
                "destino_municipio_ine": "020601",
                "destino_referencia": f"Casa {MARCA}",
                "operador_unidad_id": e.unidades["correos"].id,
                "referencia_tipo": "pedido",
                "referencia_id": nuevo_id(),
                "peso_g": 450,
                "contenido": "Una chompa",
            }
            envio = crear_envio(sesion, autorizacion, **datos)
            e.valores |= {clave: envio.id, f"numero_{clave}": envio.numero}

    enviar("envio")
    enviar("en_reparto")
    enviar("por_anular")
    _pedir_anulacion(e, e.valores["por_anular"])
    with transaccion() as sesion:
        suyo = agregar_identificador(sesion, e.actor("tomasa"), e.valores["envio"], "ORDEN-1").fila
        seguido, _nuevo = rastrear(sesion, e.actor("tomasa"), e.unidades["tienda"].id, "ORDEN-1")
        suscribir(sesion, e.unidades["tienda"].id, "https://ejemplo.bo/envios", ["rastreador.actualizado"])
        e.valores |= {"identificador": suyo.id, "referencia": suyo.texto, "rastreador": seguido.id}
    e.valores["formulario"] = nuevo_id()
    for codigo, formulario in (("EMA", ""), ("EDG", f"f:{e.valores['formulario']}")):
        with transaccion() as sesion:
            nuevo = EventoNuevo(codigo=codigo, envio_id=e.valores["en_reparto"], evento_cliente_id=formulario)
            hecho = registrar_evento(sesion, e.actor("corina"), e.valores["en_reparto"], nuevo, Fuente.PAGINA)
            assert hecho.error is None, hecho.error
    _entregado_y_corregido(e, enviar)
    _en_espera(e, enviar)
    with transaccion() as sesion:
        codigo_entrega = envio_por_id(sesion, e.valores["en_reparto"]).codigo_entrega
    otro = f"{(int(codigo_entrega) + 1) % 1_000_000:06d}"
    e.valores |= {"codigo_entrega": codigo_entrega, "otro_codigo": otro}


def _entregado_y_corregido(e: Escena, enviar: Callable[[str], None]) -> None:
    """One delivered, whose delivery may be declared wrong; of another one it was: an incident."""
    from envios.eventos.consultas import incidencias_abiertas
    from envios.eventos.corregir import Correccion, corregir
    from envios.eventos.motivos import MotivoCorreccion
    from envios.eventos.nuevo import EventoNuevo, Fuente
    from envios.eventos.registrar_eventos import registrar_evento
    from envios.items.consultas import envio_por_id
    from nucleo.bd import transaccion

    for clave in ("entregado", "corregido"):
        enviar(clave)
        with transaccion() as sesion:
            envio_id, corina = e.valores[clave], e.actor("corina")
            nuevo = EventoNuevo("EMI", envio_id, codigo_entrega=envio_por_id(sesion, envio_id).codigo_entrega)
            hecho = registrar_evento(sesion, corina, envio_id, nuevo, Fuente.API)
            assert hecho.evento is not None, hecho.error
            e.valores[f"entrega_{clave}"] = hecho.evento.id
    _probado(e)
    _entregado_con_prueba(e, enviar)
    with transaccion() as sesion:
        nueva = Correccion(MotivoCorreccion.NO_OCURRIO, e.valores["entrega_corregido"])
        corregir(sesion, corina, e.unidades["correos"].id, nueva, Fuente.API)
        (incidencia,) = incidencias_abiertas(sesion, e.valores["corregido"])
        e.valores["incidencia"] = incidencia.id


def _entregado_con_prueba(e: Escena, enviar: Callable[[str], None]) -> None:
    from envios.entrega.entregar import entregar
    from envios.items.consultas import envio_por_id
    from nucleo.bd import transaccion

    enviar("con_prueba")
    with transaccion() as sesion:
        envio = envio_por_id(sesion, e.valores["con_prueba"])
        hecho = entregar(sesion, e.actor("corina"), envio.id, envio.codigo_entrega)
        assert hecho.error is None, hecho.error


def _en_espera(e: Escena, enviar: Callable[[str], None]) -> None:
    """One that waits at the agency, for whom its recipient named."""
    from envios.entrega.elegir import Eleccion, elegir
    from envios.entrega.tipos import QuienPuede
    from envios.eventos.nuevo import EventoNuevo, Fuente
    from envios.eventos.registrar_eventos import registrar_evento
    from nucleo.bd import transaccion

    enviar("en_espera")
    envio_id = e.valores["en_espera"]
    with transaccion() as sesion:
        eleccion = Eleccion(recibe=QuienPuede.AUTORIZADO, nombre=f"Luis {MARCA}")
        elegir(sesion, e.actor("ana"), envio_id, eleccion)
        hecho = registrar_evento(
            sesion, e.actor("corina"), envio_id, EventoNuevo("EDH", envio_id), Fuente.API
        )
        assert hecho.error is None, hecho.error


def _probado(e: Escena) -> None:
    """Who received the second one, with a picture."""
    from envios.entrega.prueba import DatosDePrueba, guardar_prueba_de_evento
    from envios.entrega.tipos import Relacion
    from nucleo.archivos import Recibido
    from nucleo.bd import transaccion
    from tests.nucleo.archivos.ayudas import png

    e.valores |= {"imagen": png(90), "clase_foto": "foto", "clase_firma": "firma"}
    datos = DatosDePrueba(Relacion.VECINO, f"Rosa {MARCA}", foto=Recibido.de_bytes(png()))
    with transaccion() as sesion:
        prueba = guardar_prueba_de_evento(sesion, e.actor("corina"), e.valores["entrega_corregido"], datos)
        e.valores["prueba"] = prueba.id


def _resuelta(e: Escena) -> None:
    """Somebody said how it ended before."""
    from envios.eventos.estados import Resolucion
    from envios.eventos.incidencias import resolver_incidencia
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        resolver_incidencia(sesion, e.actor("corina"), e.valores["incidencia"], Resolucion.ACLARADA, "Ya")


def _pedir_anulacion(e: Escena, envio_id: Any) -> None:
    from envios.eventos.anular import autorizar_remitente, pedir_anulacion
    from envios.items.consultas import envio_por_id
    from nucleo.bd import transaccion

    with transaccion() as sesion:
        envio = envio_por_id(sesion, envio_id)
        pedir_anulacion(sesion, autorizar_remitente(sesion, e.actor("tomasa"), envio), envio.id)


def _anulado(e: Escena) -> None:
    """The shop has withdrawn the shipment and the post agreed."""
    from envios.eventos.anular import responder_anulacion
    from nucleo.bd import transaccion

    _pedir_anulacion(e, e.valores["envio"])
    with transaccion() as sesion:
        responder_anulacion(sesion, e.actor("corina"), e.valores["envio"], confirma=True)


_RASTREADOR, _SEGUIDO = "/api/v1/rastreadores/{rastreador_id}", {"params": {"rastreador_id": "rastreador"}}
_NUMERO = {"params": {"envio_id": "envio", "identificador_id": "identificador"}}
_IMAGEN = ("imagen", "f.png", "imagen")
_ENVIO, _REPARTO = {"params": {"envio_id": "envio"}}, {"params": {"envio_id": "en_reparto"}}
_EN_REPARTO = {"envio_id": "en_reparto"}
_ENTREGADO = {"params": {"envio_id": "entregado"}}
_EN_ESPERA = {"params": {"envio_id": "en_espera"}}
_SIN_EXPLICAR = {"codigo": "EMH"}
_SE_CUENTA = {
    "envios_envio": "cuenta los códigos errados: al quinto se bloquea",
    "nucleo_auditoria": "quién probó un código errado",
}
_NUEVO = {
    "remitente_unidad_id": "{unidad_tienda}",
    "operador_unidad_id": "{unidad_correos}",
    "destinatario_persona_id": "{persona_ana}",
    "destinatario_nombre": "Ana Prueba",
    "destino_municipio_ine": "020601",
    "destino_referencia": "Casa azul",
    "peso_g": 450,
    "contenido": "Una chompa",
}
_CORRIGE = {"operador_unidad_id": "{unidad_correos}", "motivo": "no_ocurrio"}
_UNO = "/api/v1/envios/{envio_id}"
_VE_EL_ENVIO = {"otro_dueno": 404, "otra_unidad": 404, "sin_facultad": 403}
"""Who dispatches for the sender sees its shipments; only who sells withdraws them."""
_OPERADOR = "/envios/operador"

FILAS: list[Fila] = [
    fila(
        "POST",
        "/api/v1/envios",
        VENDE,
        201,
        json=_NUEVO,
        alcance="envios productos",
        negada=no(409, "sin_habilitacion", {"operador_unidad_id": "{unidad_taller}"}),
    ),
    fila("GET", "/api/v1/envios", MIS_ENVIOS, 200, contiene=True, alcance="envios", maquina=200),
    fila(
        "GET",
        _UNO,
        DESPACHA,
        200,
        contiene=True,
        rechazo=404,
        maquina=404,
        alcance="envios",
        **_ENVIO,
    ),
    fila(
        "GET",
        _UNO,
        DESTINATARIA,
        200,
        variante="de quien recibe",
        alcance="envios",
        contiene=True,
        rechazo=404,
        maquina=404,
        **_ENVIO,
    ),
    fila(
        "GET",
        "/api/v1/etiquetas-de-envio",
        DESPACHA,
        200,
        consulta={"envio": "{envio}"},
        rechazo=404,
        maquina=404,
        alcance="envios",
    ),
    fila("GET", _UNO + "/eventos", DESPACHA, 200, rechazo=404, maquina=404, alcance="envios", **_REPARTO),
    fila(
        "POST",
        _UNO + "/eventos",
        DESPACHA,
        201,
        json={"codigo": "EMA"},
        alcance="envios",
        rechazo=404,
        maquina=404,
        **_ENVIO,
        negada=no(422, "falta_motivo_y_accion", _SIN_EXPLICAR),
    ),
    fila(
        "POST",
        "/api/v1/eventos-de-envio",
        DESPACHA,
        200,
        json={
            "operador_unidad_id": "{unidad_correos}",
            "eventos": [{"numero": "{numero_envio}", "codigo": "EMA"}],
        },
        alcance="envios",
        negada=no(
            200,
            '"codigo":"falta_motivo_y_accion"',
            {"eventos": [_SIN_EXPLICAR | {"numero": "{numero_envio}"}]},
        ),
    ),
    fila(
        "POST",
        _UNO + "/entrega",
        DESPACHA,
        201,
        json={"codigo_entrega": "{codigo_entrega}"},
        alcance="envios",
        rechazo=404,
        maquina=404,
        **_REPARTO,
        negada=no(422, "codigo_incorrecto", {"codigo_entrega": "{otro_codigo}"}, cambia=_SE_CUENTA),
    ),
    fila(
        "POST",
        "/api/v1/eventos-de-envio/{evento_id}/prueba",
        DESPACHA,
        201,
        json={"relacion": "familiar", "receptor_nombre": "Luis"},
        rechazo=404,
        maquina=404,
        alcance="envios",
        params={"evento_id": "entrega_entregado"},
        negada=no(422, "prueba_invalida", params={"evento_id": "entrega_corregido"}),
    ),
    fila(
        "GET",
        _UNO + "/pruebas-de-entrega",
        DESPACHA,
        200,
        rechazo=404,
        maquina=404,
        alcance="envios",
        params={"envio_id": "corregido"},
    ),
    fila(
        "POST",
        "/api/v1/pruebas-de-entrega/{prueba_id}/{clase}",
        DESPACHA,
        201,
        archivo=_IMAGEN,
        rechazo=404,
        maquina=404,
        alcance="envios",
        params={"prueba_id": "prueba", "clase": "clase_firma"},
        negada=no(409, "prueba_ya_guardada", params={"clase": "clase_foto"}),
    ),
    fila(
        "GET",
        "/api/v1/pruebas-de-entrega/{prueba_id}/{clase}",
        DESPACHA,
        200,
        rechazo=404,
        maquina=404,
        alcance="envios",
        params={"prueba_id": "prueba", "clase": "clase_foto"},
    ),
    fila(
        "POST",
        _UNO + "/elecciones",
        DESTINATARIA,
        201,
        json={"recibe": "autorizado", "nombre": "Luis"},
        rechazo=404,
        **_ENVIO,
        negada=no(409, "ya_no_se_elige", params=_EN_REPARTO),
    ),
    fila(
        "GET",
        _UNO + "/eleccion",
        DESPACHA,
        200,
        contiene=True,
        rechazo=404,
        maquina=404,
        alcance="envios",
        **_EN_ESPERA,
    ),
    fila(
        "PUT",
        _UNO + "/ubicacion",
        DESTINATARIA,
        200,
        json={"latitud": "-15.7731", "longitud": "-68.6489"},
        contiene=True,
        rechazo=404,
        **_ENVIO,
        negada=no(409, "ya_no_se_elige", params=_EN_REPARTO),
    ),
    fila(
        "POST",
        _UNO + "/prorroga",
        DESTINATARIA,
        200,
        contiene=True,
        rechazo=404,
        **_EN_ESPERA,
        negada=no(409, "sin_espera", params=_EN_REPARTO),
    ),
    fila(
        "POST",
        _UNO + "/devolucion",
        DESTINATARIA,
        201,
        json={"peso_g": 300},
        rechazo=404,
        params={"envio_id": "entregado"},
        negada=no(409, "sin_devolucion_propia", params=_EN_REPARTO),
    ),
    fila(
        "POST",
        _UNO + "/anulacion",
        VENDE,
        200,
        rechazo=_VE_EL_ENVIO,
        maquina=404,
        alcance="envios pedidos",
        **_ENVIO,
        negada=no(409, "ya_en_manos", params=_EN_REPARTO),
    ),
    fila(
        "POST",
        "/api/v1/simulador-de-envios/{envio_id}",
        DESPACHA,
        200,
        json={"historia": "entrega", "hasta": "EMA"},
        rechazo=404,
        maquina=404,
        alcance="envios",
        **_ENVIO,
        negada=no(422, "datos_invalidos", {"historia": "agencia", "hasta": "EMI"}),
    ),
    fila("GET", _UNO + "/incidencias", DESPACHA, 200, rechazo=404, maquina=404, alcance="envios", **_ENVIO),
    fila(
        "POST",
        "/api/v1/correcciones-de-evento",
        DESPACHA,
        201,
        json=_CORRIGE | {"evento_id": "{entrega_entregado}"},
        alcance="envios",
        negada=no(404, "evento_no_encontrado", _CORRIGE | {"evento_id": "{nuevo}"}),
    ),
    fila(
        "POST",
        "/api/v1/incidencias-de-envio/{incidencia_id}/resolucion",
        DESPACHA,
        200,
        json={"como": "aclarada", "nota": "Se entregará"},
        rechazo=404,
        maquina=404,
        alcance="envios",
        params={"incidencia_id": "incidencia"},
        negada=no(409, "transicion_invalida", antes=_resuelta),
    ),
    fila(
        "POST",
        _UNO + "/codigo-de-entrega",
        DESTINATARIA,
        200,
        rechazo=404,
        **_ENVIO,
        negada=no(409, "envio_terminado", antes=_anulado),
    ),
    fila(
        "GET",
        _UNO + "/identificadores",
        VENDE,
        200,
        rechazo=404,
        maquina=404,
        tambien={"sin_facultad"},
        alcance="envios",
        **_ENVIO,
    ),
    fila(
        "POST",
        _UNO + "/identificadores",
        VENDE,
        201,
        json={"numero": "GUIA-1"},
        rechazo=404,
        maquina=404,
        tambien={"sin_facultad"},
        alcance="envios",
        **_ENVIO,
        negada=no(409, "identificador_en_uso", {"numero": "{referencia}"}, params=_EN_REPARTO),
    ),
    fila(
        "DELETE",
        _UNO + "/identificadores/{identificador_id}",
        VENDE,
        204,
        rechazo=404,
        maquina=404,
        tambien={"sin_facultad"},
        alcance="envios",
        **_NUMERO,
        negada=no(404, "identificador_no_encontrado", params={"identificador_id": "nuevo"}),
    ),
    fila(
        "POST",
        "/api/v1/rastreadores",
        VENDE,
        201,
        json={"unidad_id": "{unidad_tienda}", "numero": "{numero_envio}"},
        alcance="envios productos",
        negada=no(422, "numero_s10_invalido", {"numero": "RR473124820BO"}),
    ),
    fila(
        "GET",
        "/api/v1/rastreadores",
        VENDE,
        200,
        consulta={"unidad": "{unidad_tienda}"},
        alcance="envios productos",
    ),
    fila("GET", _RASTREADOR, VENDE, 200, rechazo=404, maquina=404, alcance="envios productos", **_SEGUIDO),
    fila(
        "DELETE",
        _RASTREADOR,
        VENDE,
        204,
        rechazo=404,
        maquina=404,
        alcance="envios productos",
        **_SEGUIDO,
        negada=no(404, "rastreador_no_encontrado", params={"rastreador_id": "nuevo"}),
    ),
    fila("GET", "/api/v1/seguimiento", PUBLICO, 200, consulta={"numeros": "{numero_envio}"}),
    fila("GET", "/api/v1/seguimiento/{numero}", PUBLICO, 200, params={"numero": "numero_envio"}),
]

CONSTANTES: dict[str, object] = {}
HISTORIA = {0: preparar}
