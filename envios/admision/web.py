"""Pages of the counter, of announcing, and of the receipt of posting."""

from fastapi import APIRouter

from envios.admision import web_anuncio, web_constancia, web_mostrador, web_pago

router = APIRouter(include_in_schema=False)
router.include_router(web_mostrador.router)
router.include_router(web_anuncio.router)
router.include_router(web_constancia.router)
router.include_router(web_pago.router)
