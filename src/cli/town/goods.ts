import type { WantedProduct } from '#catalog';

export const QINGLAN = '青岚';

const TEA = `
TEA-LJ-50|西湖龙井 50 克|West Lake Longjing 50 g|茶叶|兰亭|6800
TEA-LJ-100|西湖龙井 100 克|West Lake Longjing 100 g|茶叶|兰亭|12800
TEA-BLC-50|碧螺春 50 克|Biluochun 50 g|茶叶|兰亭|5800
TEA-MF-50|黄山毛峰 50 克|Huangshan Maofeng 50 g|茶叶|兰亭|4600
TEA-TGY-100|铁观音 100 克|Tieguanyin 100 g|茶叶|兰亭|7600
TEA-DHP-50|大红袍 50 克|Da Hong Pao 50 g|茶叶|兰亭|9800
TEA-PE-357|云南普洱饼 357 克|Yunnan Pu'er cake 357 g|茶叶|青岚|16800
TEA-QM-100|祁门红茶 100 克|Keemun black tea 100 g|茶叶|青岚|8800
TEA-BH-50|白毫银针 50 克|Silver Needle 50 g|茶叶|青岚|11800
TEA-JM-100|茉莉花茶 100 克|Jasmine tea 100 g|茶叶|兰亭|4200
CUP-LJ|龙井 杯|Longjing, a cup|现泡|兰亭|1800
CUP-TGY|铁观音 杯|Tieguanyin, a cup|现泡|兰亭|1600
CUP-JM|茉莉绿茶 杯|Jasmine green, a cup|现泡|兰亭|1400
CUP-PE|陈年普洱 杯|Aged Pu'er, a cup|现泡|兰亭|2200
MILK-OOL|乌龙奶茶|Oolong milk tea|奶茶|兰亭|1900
MILK-JM|茉莉奶绿|Jasmine milk tea|奶茶|兰亭|1700
MILK-BRN|黑糖奶茶|Brown sugar milk tea|奶茶|兰亭|2100
FRUIT-GRP|葡萄冰茶|Grape iced tea|果茶|兰亭|2300
FRUIT-LMN|柠檬红茶|Lemon black tea|果茶|兰亭|1500
FRUIT-PCH|白桃乌龙|White peach oolong|果茶|兰亭|2200
COLD-OOL|冷泡乌龙|Cold brew oolong|果茶|兰亭|1800
CUP-1|白瓷品茗杯|White porcelain cup|茶具|青岚|3600
CUP-2|青瓷双杯|Celadon pair of cups|茶具|青岚|8600
POT-ZS|紫砂壶 200 毫升|Zisha teapot 200 ml|茶具|青岚|26800
POT-GL|玻璃茶壶 600 毫升|Glass teapot 600 ml|茶具|青岚|9900
TRAY-BB|竹茶盘|Bamboo tea tray|茶具|青岚|12800
CADDY-1|锡茶叶罐|Tin tea caddy|茶具|青岚|7800
TOWEL-1|茶巾|Tea towel|茶具|青岚|1200
CAKE-GRN|绿豆糕 6 枚|Mung bean cake, 6|茶点|兰亭|2600
CAKE-OSM|桂花糕 6 枚|Osmanthus cake, 6|茶点|兰亭|2800
NUT-SUN|五香瓜子 150 克|Spiced sunflower seeds 150 g|茶点|兰亭|1200
GIFT-SPR|春茶礼盒|Spring tea gift box|礼盒|青岚|38800`;

const BREAD = `
BRD-TOAST|原味吐司|Plain toast loaf|面包|晨光|1600
BRD-WHOLE|全麦吐司|Whole wheat loaf|面包|晨光|1800
BRD-BAG|法棍|Baguette|面包|晨光|1200
BRD-SALT|海盐卷|Sea salt roll|面包|晨光|700
BRD-RAISIN|葡萄干餐包|Raisin bun|面包|晨光|900
BRD-REDB|红豆面包|Red bean bun|面包|晨光|800
BRD-PORK|肉松面包|Pork floss bun|面包|晨光|1000
BRD-GARLIC|蒜香面包|Garlic bread|面包|晨光|1300
BRD-RYE|黑麦面包|Rye bread|面包|晨光|2200
BRD-CIA|恰巴塔|Ciabatta|面包|晨光|1400
PST-CRO|黄油可颂|Butter croissant|酥点|晨光|1100
PST-ALM|杏仁可颂|Almond croissant|酥点|晨光|1600
PST-CHO|巧克力可颂|Chocolate croissant|酥点|晨光|1500
PST-EGG|葡式蛋挞|Egg tart|酥点|晨光|600
PST-APL|苹果派|Apple pie slice|酥点|晨光|1500
PST-CIN|肉桂卷|Cinnamon roll|酥点|晨光|1400
PST-PALM|蝴蝶酥|Palmier|酥点|晨光|900
CKE-CHE|巴斯克芝士蛋糕|Basque cheesecake|蛋糕|晨光|3200
CKE-TIR|提拉米苏|Tiramisu|蛋糕|晨光|2900
CKE-STR|草莓奶油蛋糕 6 寸|Strawberry cream cake 6 in|蛋糕|晨光|13800
CKE-MAT|抹茶千层|Matcha crepe cake|蛋糕|晨光|2800
CKE-ROLL|瑞士卷|Swiss roll|蛋糕|晨光|2400
CKE-PND|柠檬磅蛋糕|Lemon pound cake|蛋糕|晨光|2600
COK-BUT|黄油曲奇 200 克|Butter cookies 200 g|饼干|晨光|2800
COK-CRA|蔓越莓饼干 200 克|Cranberry biscuits 200 g|饼干|晨光|3000
COK-NUT|坚果脆 150 克|Nut brittle 150 g|饼干|晨光|3200
DRK-LAT|拿铁|Latte|饮品|晨光|1800
DRK-AME|美式咖啡|Americano|饮品|晨光|1500
DRK-SOY|现磨豆浆|Fresh soy milk|饮品|晨光|600
DRK-MLK|鲜牛奶 250 毫升|Fresh milk 250 ml|饮品|晨光|800
SND-HAM|火腿芝士三明治|Ham and cheese sandwich|三明治|晨光|1900
SND-EGG|鸡蛋三明治|Egg sandwich|三明治|晨光|1500`;

/** What the tea shops sell; prices in fen. */
export const teaGoods = goodsOf(TEA);
/** What the bakeries sell; prices in fen. */
export const bakeryGoods = goodsOf(BREAD);

function goodsOf(table: string): readonly WantedProduct[] {
  return table
    .trim()
    .split('\n')
    .map((row) => {
      const [sku, zh, en, category, brand, price] = row.split('|') as [string, ...string[]];
      return {
        sku,
        name: { zh: zh ?? sku, en: en ?? sku },
        category: category ?? null,
        brand: brand ?? null,
        price: Number(price),
      };
    });
}
