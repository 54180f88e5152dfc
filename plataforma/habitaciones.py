"""The rooms, lowest first, and how the composition root loads one kind of module from each."""

import importlib
from types import ModuleType

HABITACIONES = (
    "nucleo",
    "nucleo.archivos",
    "nucleo.plazos",
    "constancia",
    "ciudadania",
    "empresa_digital.registro.catalogos",
    "empresa_digital.registro.identificadores",
    "empresa_digital.registro.asientos",
    "empresa_digital.registro.unidades",
    "empresa_digital.registro.partes",
    "empresa_digital.registro.mandatos",
    "empresa_digital.registro.actos",
    "empresa_digital.registro.clientes",
    "empresa_digital.registro.competencias",
    "empresa_digital.registro.recuperacion",
    "empresa_digital.registro.habilitaciones",
    "empresa_digital.registro.inscripcion",
    "empresa_digital.registro.suscripciones",
    "empresa_digital.registro.feriados",
    "empresa_digital.registro.consulta",
    "alertas",
    "pagos.libro",
    "pagos.qr",
    "pagos.notas",
    "pagos.extractos",
    "pagos.tarjetas",
    "pagos.tarjetas.guardadas",
    "pagos.tarjetas.respuestas",
    "pagos.tarjetas.simulada",
    "pagos.devoluciones",
    "pagos.billetera",
    "pagos.planillas",
    "pagos.via_rapida",
    "pagos.supervision",
    "pagos.cobros",
    "pagos.retiros",
    "pagos.reservas",
    "pagos.cambios",
    "pagos.banco",
    "envios.operadores",
    "envios.tarifas",
    "envios.items",
    "envios.deudas",
    "envios.portes",
    "envios.eventos",
    "envios.despachos",
    "envios.admision",
    "envios.entrega",
    "envios.reclamos",
    "envios.escaner",
    "envios.etiquetas",
    "envios.niveles",
    "envios.integraciones",
    "envios.simulador",
    "envios.seguimiento",
    "comercio.vendedores",
    "comercio.direcciones",
    "comercio.catalogo",
    "comercio.existencias",
    "comercio.cargas",
    "comercio.busqueda",
    "comercio.evidencias",
    "comercio.formas",
    "comercio.carrito",
    "comercio.custodia",
    "comercio.compra",
    "comercio.reputacion",
    "comercio.pedidos",
    "comercio.reclamos",
    "comercio.opiniones",
    "comercio.mensajes",
    "comercio.confianza",
    "comercio.tienda",
    "comercio.panel",
    "feria_inversa.reglas",
    "feria_inversa.entidades",
    "feria_inversa.procesos",
    "feria_inversa.ofertas",
    "feria_inversa.apertura",
    "feria_inversa.evaluacion",
    "feria_inversa.contratos",
    "feria_inversa.datos_abiertos",
    "feria_inversa.mercado",
    "feria_inversa.expediente",
)


def modulos(nombre: str) -> list[ModuleType]:
    """`<room>.<nombre>` of every room that has one (importing `tareas` or `manejadores` registers them)."""
    encontrados = []
    for habitacion in HABITACIONES:
        completo = f"{habitacion}.{nombre}"
        try:
            encontrados.append(importlib.import_module(completo))
        except ModuleNotFoundError as error:
            if error.name != completo:
                raise
    return encontrados
